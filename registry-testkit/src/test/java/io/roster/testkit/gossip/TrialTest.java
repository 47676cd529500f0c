package io.roster.testkit.gossip;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.net.membership.GossipOptions;
import io.roster.testkit.sim.Link;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Whose death counts as what; plain SWIM declares enough of them. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TrialTest {

  @Test
  void the_death_of_a_node_that_waits_for_the_processor_is_false() {
    var seen = run(Scenario.STARVED);

    assertThat(seen.falsePositives()).isPositive();
    assertThat(seen.falseAtHealthy()).as("nobody is healthy").isZero();
    assertThat(seen.slowDeaths()).isZero();
  }

  @Test
  void the_death_of_a_node_that_nothing_reaches_is_that_of_a_slow_one() {
    assertThat(run(Scenario.SLOW).slowDeaths()).isPositive();
  }

  private static Figures run(Scenario scenario) {
    var gossip = Lifeguard.SWIM.of(GossipOptions.lan());
    var options =
        new TrialOptions(10, scenario, gossip, Link.lan(), Duration.ofSeconds(30), 2, true);
    return new Trial(options, 1).run();
  }
}
