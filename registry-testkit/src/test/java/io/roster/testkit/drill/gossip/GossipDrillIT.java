package io.roster.testkit.drill.gossip;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.testkit.requirement.Requirement;
import io.roster.testkit.requirement.Requires;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The drill against real nodes. How fast they are is the command's verdict, not this test's. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Requires(Requirement.NETNS)
@Timeout(180)
class GossipDrillIT {

  @TempDir Path logs;

  @ParameterizedTest
  @EnumSource
  void every_fault_is_seen_by_whom_it_concerns_once_and_by_nobody_else(Fault fault)
      throws Exception {
    var options = new GossipDrillOptions(5, fault, Duration.ofSeconds(6), 1, Duration.ofSeconds(5));

    var verdict = GossipDrill.run(options, logs, System.err::println);

    assertThat(verdict.complaints())
        .allMatch(complaint -> complaint.contains("expected within"), "none but of time");
    var observers =
        switch (fault) {
          case KILL, STOP, ONEWAY -> 4;
          case CUT -> 5;
          case PARTIAL, BUSY -> 0;
        };
    assertThat(verdict.rounds().getFirst().seen())
        .hasSize(observers)
        .allMatch(seen -> seen.downMs().isPresent() && seen.backMs().isPresent());
  }
}
