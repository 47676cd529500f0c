package io.roster.testkit.agent;

import io.roster.node.ModuleContext;
import io.roster.node.RosterModule;
import io.roster.node.RosterNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts a {@link DrillAgent} on a node that a drill started. On any other node, where {@value
 * #PROPERTY} is not set to {@code on}, it does nothing.
 */
public final class DrillModule implements RosterModule {

  /** The system property by which a drill asks for an agent. */
  public static final String PROPERTY = "roster.drill.agent";

  private static final Logger LOG = LoggerFactory.getLogger(DrillModule.class);

  @Override
  public String name() {
    return "drill";
  }

  @Override
  public void install(ModuleContext context) {
    if ("on".equals(System.getProperty(PROPERTY))) {
      context.onStart(DrillModule::start);
    }
  }

  private static void start(RosterNode node) {
    var agent = new DrillAgent(node.system(), node.names(), node.membership(), System.out::println);
    Thread.ofPlatform().daemon().name("drill@" + node.id().name()).start(() -> readForEver(agent));
  }

  private static void readForEver(DrillAgent agent) {
    try {
      var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      for (var line = in.readLine(); line != null; line = in.readLine()) {
        AgentLine.parse(line).ifPresent(asked -> perform(agent, asked));
      }
    } catch (IOException e) {
      LOG.debug("the drill is gone: {}", e.getMessage());
    }
  }

  private static void perform(DrillAgent agent, AgentLine asked) {
    try {
      agent.on(asked);
    } catch (RuntimeException e) {
      LOG.warn("cannot do what the drill asks for: {}", asked, e);
    }
  }
}
