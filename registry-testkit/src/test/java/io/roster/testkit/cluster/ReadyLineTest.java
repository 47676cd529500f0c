package io.roster.testkit.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ReadyLineTest {

  @Test
  void addresses_are_read() {
    var ready =
        ReadyLine.parse(
            "{\"event\":\"ready\",\"node\":\"a\",\"gossip\":\"127.0.0.1:7001\","
                + "\"link\":\"[::1]:7101\",\"admin\":\"127.0.0.1:7201\"}");

    assertThat(ready.gossip()).hasToString("127.0.0.1:7001");
    assertThat(ready.link()).isEqualTo(new ReadyLine.HostAndPort("[::1]", 7101));
    assertThat(ready.admin().port()).isEqualTo(7201);
  }

  @Test
  void another_line_is_none() {
    assertThat(ReadyLine.is("{\"event\":\"left\"}")).isFalse();
    assertThatThrownBy(() -> ReadyLine.parse("hello"))
        .hasMessage("expected a ready line with gossip, got: hello");
  }
}
