package io.roster.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.node.admin.NodeView.Check;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class NodeReadinessTest {

  @ParameterizedTest(name = "{0} ms: {1}")
  @CsvSource({
    "0, true, gossip and Hazelcast name the same members",
    "9900, true, gossip and Hazelcast have disagreed for 9900 ms",
    "10000, false, gossip and Hazelcast have disagreed for 10000 ms",
  })
  void views_may_differ_for_less_than_ten_seconds(long millis, boolean ok, String detail) {
    assertThat(NodeReadiness.healed(Duration.ofMillis(millis)))
        .isEqualTo(new Check("healed", ok, detail));
  }
}
