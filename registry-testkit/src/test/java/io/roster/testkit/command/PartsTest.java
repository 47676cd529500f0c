package io.roster.testkit.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.net.membership.GossipOptions;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Parts add up. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PartsTest {

  private static final List<String> PARTS =
      List.of(
          "repeats",
          "look-around",
          "neighbours",
          "portions",
          "settling",
          "health",
          "confirmations",
          "buddy",
          "verifiers",
          "deaths",
          "pauses",
          "echo");

  @Test
  void without_every_part_is_without_lifeguard() {
    var bare = GossipOptions.lan();
    for (String part : PARTS) {
      var next = Parts.without(bare, part);
      assertThat(next).as(part).isNotEqualTo(bare);
      bare = next;
    }

    assertThat(bare).isEqualTo(Parts.without(GossipOptions.lan(), "lifeguard"));
  }
}
