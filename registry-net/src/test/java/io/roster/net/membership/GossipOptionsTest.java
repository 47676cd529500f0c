package io.roster.net.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GossipOptionsTest {

  @Test
  void the_preset_for_comparison_is_what_memberlist_runs_on_a_lan() {
    var options = GossipOptions.memberlistLan();

    assertThat(options.probes())
        .isEqualTo(new ProbeOptions(Duration.ofSeconds(1), 1, Duration.ofMillis(500), 0, 3, 0));
    assertThat(options.suspicion()).isEqualTo(new SuspicionOptions(4, 1, 6, 2));
    assertThat(options.health().slowdownMax()).isEqualTo(8);
    assertThat(options.dissemination())
        .isEqualTo(new DisseminationOptions(Duration.ofMillis(200), 3, 4, 1_400, 0, 0));
    assertThat(options.pushPull())
        .isEqualTo(
            new PushPullOptions(Duration.ofSeconds(30), Duration.ofSeconds(10), Duration.ZERO));
  }

  @Test
  void a_preset_is_found_by_its_name() {
    assertThat(Stream.of("loopback", "lan", "wan", "memberlist-lan").map(GossipOptions::preset))
        .containsExactly(
            GossipOptions.loopback(),
            GossipOptions.lan(),
            GossipOptions.wan(),
            GossipOptions.memberlistLan())
        .doesNotHaveDuplicates();
  }

  @Test
  void a_preset_that_is_none_is_refused_by_name() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GossipOptions.preset("moon"))
        .withMessage("expected a preset of loopback, lan, wan or memberlist-lan, got: \"moon\"");
  }

  @Test
  void a_change_of_one_option_leaves_the_others() {
    var lan = GossipOptions.lan();

    var changed = lan.withSuspicion(suspicion -> suspicion.withConfirmations(1));

    assertThat(changed.suspicion()).isEqualTo(new SuspicionOptions(6, 0.15, 6, 1));
    assertThat(changed.withSuspicion(_ -> lan.suspicion())).isEqualTo(lan);
  }

  @Test
  void a_bad_option_is_refused_with_its_name_and_value() {
    refuses(
        lan -> lan.withProbes(probes -> probes.withTimeout(Duration.ofMillis(200))),
        "expected a probe timeout below the probe interval of PT0.2S, got: PT0.2S");
    refuses(
        lan -> lan.withProbes(probes -> probes.withRepeats(17)),
        "expected repeats of a probe from 0 to 16, got: 17");
    refuses(
        lan -> lan.withProbes(probes -> probes.withLookAround(65)),
        "expected members to look at from 0 to 64, got: 65");
    refuses(
        lan -> lan.withDissemination(news -> news.withPortions(-1)),
        "expected portions of an interval from 0 to 64, got: -1");
    refuses(
        lan -> lan.withDissemination(news -> news.withNeighbours(65)),
        "expected neighbours from 0 to 64, got: 65");
    refuses(
        lan -> lan.withProbes(probes -> probes.withIndirect(17)),
        "expected indirect probes from 0 to 16, got: 17");
    refuses(
        lan -> lan.withDissemination(news -> news.withPacketBytesMax(999)),
        "expected packetBytesMax from 1000 to 65000, got: 999");
    refuses(
        lan -> lan.withReconnect(reconnect -> reconnect.withInterval(Duration.ZERO)),
        "expected a positive reconnect interval, got: PT0S");
    refuses(
        lan -> lan.withPushPull(pushPull -> pushPull.withSettling(Duration.ofMillis(-1))),
        "expected a push-pull settling of zero or more, got: PT-0.001S");
    refuses(
        lan -> lan.withHealth(health -> health.withPauseTolerance(Duration.ofNanos(-1))),
        "expected a pauseTolerance of zero or more, got: PT-0.000000001S");
  }

  private static void refuses(UnaryOperator<GossipOptions> change, String why) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> change.apply(GossipOptions.lan()))
        .withMessage(why);
  }
}
