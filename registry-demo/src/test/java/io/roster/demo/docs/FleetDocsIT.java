package io.roster.demo.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.core.identity.ProcessName;
import io.roster.core.naming.Via;
import io.roster.core.server.ServerRef;
import io.roster.node.ModuleContext;
import io.roster.node.RosterModule;
import io.roster.node.RosterNode;
import io.roster.node.config.NodeOptions;
import io.roster.node.fleet.WorkerType;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Runs the example of the fleet's page. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FleetDocsIT {

  // @start region=type
  static final class ShopModule implements RosterModule {
    @Override
    public String name() {
      return "shop";
    }

    @Override
    public void install(ModuleContext context) {
      context
          .message("visits.arrived", Visits.Arrived.class)
          .message("visits.how-many", Visits.HowMany.class)
          .worker(
              WorkerType.of(
                      "visits", Visits.Message.class, String.class, (name, door) -> new Visits())
                  .withState(Long.class)); // without this, workers restart rather than move
    }
  }

  // @end

  @Test
  void a_worker_is_wished_for_and_called_by_its_name() throws Exception {
    var patience = Duration.ofSeconds(30);
    try (var node =
        RosterNode.builder(NodeOptions.loopback("a")).module(new ShopModule()).start()) {
      assertThat(node.awaitReady(patience)).isTrue();
      // @start region=start
      var lobby = new ProcessName("lobby");
      node.fleet().start(lobby, "visits", "front door");
      ServerRef<Visits.Message> visits = ServerRef.of(node.system(), new Via(node.names(), lobby));
      visits.cast(new Visits.Arrived("Ada"));
      // @end
      assertThat(visits.call(Visits.HowMany::new, patience).orElseThrow()).isEqualTo(1);
    }
  }
}
