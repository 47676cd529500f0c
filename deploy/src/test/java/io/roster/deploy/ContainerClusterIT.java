package io.roster.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.core.time.Ticker;
import io.roster.testkit.agent.DrillModule;
import io.roster.testkit.drill.AgentDrillCluster;
import io.roster.testkit.drill.History;
import io.roster.testkit.drill.PartitionDrill;
import io.roster.testkit.drill.PartitionOptions;
import io.roster.testkit.drill.Split;
import io.roster.testkit.requirement.Requirement;
import io.roster.testkit.requirement.Requires;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The image as it is shipped: three containers on one Docker network. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Requires(Requirement.DOCKER)
class ContainerClusterIT {

  private static final Split TWO_AND_ONE = Split.parse("2,1", 3);

  @Test
  @Timeout(600)
  void names_have_one_owner_each_after_a_container_was_off_the_network() throws Exception {
    var history = new History(Ticker.SYSTEM);
    var options = new PartitionOptions(TWO_AND_ONE, 40, Duration.ofSeconds(10));
    var hosts = new ContainerHosts(3, List.of(jarOf(DrillModule.class)));
    try (var cluster = AgentDrillCluster.start(hosts, 3, history)) {
      var verdict = new PartitionDrill(options, cluster, history, ContainerClusterIT::say).run();

      assertThat(verdict.complaints()).isEmpty();
    }
  }

  private static Path jarOf(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  private static void say(String line) {
    System.err.println("  " + line);
  }
}
