package io.roster.testkit.drill.gossip;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.testkit.requirement.Requirement;
import io.roster.testkit.requirement.Requires;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The drill against real nodes. How fast they are is the command's verdict, not this test's. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Requires(Requirement.NETNS)
@Timeout(180)
class GossipDrillIT {

  @TempDir Path logs;

  @Test
  void a_stopped_node_is_seen_to_go_and_to_come_back_once() throws Exception {
    var options =
        new GossipDrillOptions(4, Fault.STOP, Duration.ofSeconds(6), 1, Duration.ofSeconds(5));

    var verdict = GossipDrill.run(options, logs, System.err::println);

    assertThat(verdict.complaints())
        .allMatch(complaint -> complaint.contains("expected within"), "none but of time");
    assertThat(verdict.rounds().getFirst().seen())
        .hasSize(3)
        .allMatch(seen -> seen.downMs().isPresent() && seen.backMs().isPresent());
  }
}
