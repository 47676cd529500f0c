package io.roster.demo.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.core.identity.ProcessName;
import io.roster.core.naming.Via;
import io.roster.core.server.ServerRef;
import io.roster.node.ModuleContext;
import io.roster.node.RosterModule;
import io.roster.node.RosterNode;
import io.roster.node.config.HostPort;
import io.roster.node.config.NodeOptions;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Runs the program of the README. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ReadmeIT {

  @Test
  void a_process_of_one_node_answers_by_name_on_another() throws Exception {
    assertThat(visitsSeenFromB()).isEqualTo(2);
  }

  // @start region=program
  static final class VisitsModule implements RosterModule {
    @Override
    public String name() {
      return "visits";
    }

    @Override
    public void install(ModuleContext context) {
      context
          .message("visits.arrived", Visits.Arrived.class)
          .message("visits.how-many", Visits.HowMany.class);
    }
  }

  static long visitsSeenFromB() throws Exception {
    var name = new ProcessName("visits");
    var patience = Duration.ofSeconds(20);
    try (var a = start("a");
        var b = start("b", HostPort.of(a.gossipAddress()))) {
      ServerRef<Visits.Message> server = a.system().start(new Visits());
      a.awaitReady(patience);
      a.names().register(name, server.pid().orElseThrow());

      b.names().await(name, patience);
      ServerRef<Visits.Message> visits = ServerRef.of(b.system(), new Via(b.names(), name));
      visits.cast(new Visits.Arrived("Ada"));
      visits.cast(new Visits.Arrived("Joe"));
      return visits.call(Visits.HowMany::new, patience).orElseThrow();
    }
  }

  static RosterNode start(String name, HostPort... seeds) throws Exception {
    return RosterNode.builder(NodeOptions.loopback(name, seeds)).module(new VisitsModule()).start();
  }
  // @end
}
