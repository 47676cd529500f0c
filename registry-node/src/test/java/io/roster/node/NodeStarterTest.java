package io.roster.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.net.membership.GossipOptions;
import io.roster.node.config.NodeOptions;
import io.roster.node.config.OptionsReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class NodeStarterTest {

  @ParameterizedTest
  @CsvSource({"loopback", "lan", "wan"})
  void gossip_forgets_failed_members_when_the_option_says_so(String preset) {
    var options =
        read(
            Map.of(
                "roster.name",
                "a",
                "roster.cluster.preset",
                preset,
                "roster.cluster.forget-after",
                "3d"));

    assertThat(NodeStarter.gossip(options.cluster()))
        .isEqualTo(
            preset(preset)
                .withReconnect(reconnect -> reconnect.withForgetAfter(Duration.ofDays(3))));
  }

  private static GossipOptions preset(String preset) {
    return switch (preset) {
      case "loopback" -> GossipOptions.loopback();
      case "lan" -> GossipOptions.lan();
      default -> GossipOptions.wan();
    };
  }

  private static NodeOptions read(Map<String, Object> keys) {
    return OptionsReader.layered(Path.of(""), Map.of(), Map.copyOf(keys)).node();
  }
}
