package io.roster.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.core.identity.ProcessName;
import io.roster.core.time.Ticker;
import io.roster.deploy.echo.EchoMessage.Heard;
import io.roster.deploy.echo.EchoMessage.Say;
import io.roster.deploy.echo.EchoModule;
import io.roster.net.client.ClientTarget;
import io.roster.net.client.RosterClient;
import io.roster.net.codec.MessageTypes;
import io.roster.testkit.drill.AgentDrillCluster;
import io.roster.testkit.drill.History;
import io.roster.testkit.drill.PartitionDrill;
import io.roster.testkit.drill.PartitionOptions;
import io.roster.testkit.drill.Split;
import io.roster.testkit.requirement.Requirement;
import io.roster.testkit.requirement.Requires;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The image as it is shipped, with a module of the user's: three containers on one Docker network,
 * asked by a client outside, and one of them taken off the network and brought back.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Requires(Requirement.DOCKER)
class ContainerClusterIT {

  private static final int NODES = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration START_WITHIN = Duration.ofMinutes(3);
  private static final MessageTypes TYPES =
      MessageTypes.builder()
          .register("echo.say", Say.class)
          .register("echo.heard", Heard.class)
          .build();

  @TempDir private Path folder;

  @Test
  @Timeout(600)
  void containers_are_called_by_name_and_agree_on_every_name_after_one_was_off_the_network()
      throws Exception {
    var history = new History(Ticker.SYSTEM);
    var hosts = new ContainerHosts(NODES, ModuleJar.write(EchoModule.class, folder));
    try (var cluster = AgentDrillCluster.start(hosts, NODES, history)) {
      cluster.awaitWhole(START_WITHIN);
      try (var client = hosts.client(TYPES, 1)) {
        everyNodeAnswersByName(client);

        var options = new PartitionOptions(Split.parse("2,1", NODES), 40, Duration.ofSeconds(10));
        var verdict = new PartitionDrill(options, cluster, history, ContainerClusterIT::say).run();

        assertThat(verdict.complaints()).isEmpty();
        everyNodeAnswersByName(client);
      }
    }
  }

  /**
   * From node 1, to which the client is connected, to a process of its own and across to the
   * others.
   */
  private static void everyNodeAnswersByName(RosterClient client) {
    for (int number = 1; number <= NODES; number++) {
      var name = "echo-n" + number;
      Awaitility.await(name)
          .atMost(PATIENCE)
          .until(() -> client.whereis(new ProcessName(name), PATIENCE).orElseThrow().isPresent());

      var heard =
          client
              .<Heard>call(
                  ClientTarget.global(name), replyTo -> new Say("hello", replyTo), PATIENCE)
              .orElseThrow();

      assertThat(heard.node()).isEqualTo("n" + number);
      assertThat(heard.text()).isEqualTo("hello");
    }
  }

  private static void say(String line) {
    System.err.println("  " + line);
  }
}
