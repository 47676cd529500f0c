package io.roster.net.membership.udp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SeedWatchTest {

  @Test
  void discovery_is_asked_each_second_only_by_a_node_that_is_alone_and_finds_nobody() {
    assertThat(SeedWatch.pause(true, true)).isEqualTo(Duration.ofSeconds(1));
    assertThat(SeedWatch.pause(true, false)).isEqualTo(Duration.ofSeconds(10));
    assertThat(SeedWatch.pause(false, true)).isEqualTo(Duration.ofSeconds(10));
    assertThat(SeedWatch.pause(false, false)).isEqualTo(Duration.ofSeconds(10));
  }
}
