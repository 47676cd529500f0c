package io.roster.deploy.echo;

import io.roster.core.identity.Pid;
import io.roster.core.identity.ProcessName;
import io.roster.core.naming.Registration;
import io.roster.core.process.ProcessContext;
import io.roster.node.ModuleContext;
import io.roster.node.RosterModule;
import io.roster.node.RosterNode;
import java.time.Duration;

/** Starts one echo on every node, under the global name {@code echo-<node>}. */
public final class EchoModule implements RosterModule {

  private static final Duration AGAIN = Duration.ofMillis(200);

  @Override
  public String name() {
    return "echo";
  }

  @Override
  public void install(ModuleContext context) {
    context
        .message("echo.say", EchoMessage.Say.class)
        .message("echo.heard", EchoMessage.Heard.class)
        .onStart(EchoModule::start);
  }

  private static void start(RosterNode node) {
    var self = node.id().name().value();
    var echo = node.system().start(new EchoServer(self)).pid().orElseThrow();
    node.system().spawn(claimer -> claim(claimer, node, new ProcessName("echo-" + self), echo));
  }

  /** A node that has just started may have to wait for the others before a name can be claimed. */
  private static void claim(ProcessContext self, RosterNode node, ProcessName name, Pid echo) {
    while (!(node.names().register(name, echo) instanceof Registration.Registered)) {
      self.receive(Object.class, AGAIN);
    }
  }
}
