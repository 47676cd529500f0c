package io.roster.testkit.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class JsonLineTest {

  @Test
  void keys_keep_their_order_and_values_their_kind() {
    var line =
        new JsonLine()
            .put("b", 1)
            .put("a", true)
            .put("s", 1.5)
            .put("none", OptionalLong.empty())
            .put("some", OptionalLong.of(7));

    assertThat(line).hasToString("{\"b\":1,\"a\":true,\"s\":1.500,\"none\":null,\"some\":7}");
  }

  @Test
  void texts_are_escaped() {
    assertThat(new JsonLine().put("t", "a\"b\\c\nd"))
        .hasToString("{\"t\":\"a\\\"b\\\\c\\u000ad\"}");
  }
}
