package io.roster.testkit.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.core.time.Ticker;
import io.roster.testkit.network.NetnsNetwork;
import io.roster.testkit.requirement.Requirement;
import io.roster.testkit.requirement.Requires;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The drill against real nodes whose network is really cut. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Requires(Requirement.NETNS)
@Timeout(600)
class PartitionDrillIT {

  private static final Split SPLIT = Split.parse("2,1", 3);
  private static final PartitionOptions SHORT =
      new PartitionOptions(SPLIT, 40, Duration.ofSeconds(6));

  @TempDir Path logs;
  private final History history = new History(Ticker.SYSTEM);

  // case 29
  @Test
  void a_split_leaves_every_name_with_one_owner_and_every_loser_told() throws Exception {
    var verdict = drill(NetnsNetwork::heal);

    assertThat(verdict.complaints()).isEmpty();
    assertThat(verdict.conflicts()).isGreaterThanOrEqualTo(10);
    assertThat(verdict.losersTold()).isEqualTo(verdict.losers());
    assertThat(verdict.one()).isEqualTo(verdict.names());
    assertThat(verdict.removedBack()).isZero();
  }

  /* Gossip and Hazelcast pass again and links do not: the nodes see each other come back, and the
   * arbiter merges, but they cannot tell each other who has which name. */
  @Test
  void a_heal_that_names_cannot_cross_fails_the_drill() throws Exception {
    var verdict =
        drill(
            network ->
                network.cutPort(NetnsNetwork.directions(SPLIT.sides()), NodeLaunches.LINK_PORT));

    assertThat(verdict.isPass()).isFalse();
    assertThat(verdict.replicasEqual()).isFalse();
    assertThat(verdict.losersTold()).isLessThan(verdict.losers());
    assertThat(verdict.healMs()).isEmpty();
    assertThat(verdict.toJson()).startsWith("{\"verdict\":\"fail\"");
    assertThat(seenAgain()).isTrue();
  }

  private PartitionVerdict drill(Consumer<NetnsNetwork> healing) throws InterruptedException {
    try (var cluster = NetnsDrillCluster.start(SPLIT, history, logs, healing)) {
      return new PartitionDrill(SHORT, cluster, history, System.err::println).run();
    }
  }

  private boolean seenAgain() {
    List<Event> events = history.entries().stream().map(History.Entry::event).toList();
    int healed = events.indexOf(new Event.Healed());
    return events.subList(healed, events.size()).contains(new Event.SawUp(1, 3));
  }
}
