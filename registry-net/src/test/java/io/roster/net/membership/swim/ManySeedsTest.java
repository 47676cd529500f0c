package io.roster.net.membership.swim;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import io.roster.net.membership.GossipOptions;
import io.roster.net.membership.Member;
import io.roster.net.membership.MemberState;
import io.roster.net.membership.NodeMetadata;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ManySeedsTest {

  private static final int MANY = 40_000;

  @Test
  void many_seeds_in_a_large_cluster_take_no_time() {
    var members = IntStream.range(0, MANY).mapToObj(ManySeedsTest::member).toList();
    var swim =
        new Swim.SharedView(members)
            .machine(
                members.getFirst(),
                GossipOptions.lan(),
                RandomGeneratorFactory.of("L64X128MixRandom").create(1));
    var seeds = members.stream().map(Member::gossipAddress).toList();
    var threads = ManagementFactory.getThreadMXBean();

    long before = threads.getCurrentThreadCpuTime();
    swim.step(new Input.Seeds(seeds), 1_000_000_000L);
    var again = swim.step(new Input.Seeds(seeds.reversed()), 1_000_000_000L);
    var taken = Duration.ofNanos(threads.getCurrentThreadCpuTime() - before);

    assertThat(again).isEqualTo(List.of());
    // Each member against each seed would be billions of comparisons.
    assertThat(taken).isLessThan(Duration.ofSeconds(1));
  }

  private static Member member(int index) {
    return new Member(
        new NodeId(new NodeName("n" + index), 1),
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 1_000 + index),
        MemberState.ALIVE,
        0,
        NodeMetadata.PLAIN);
  }
}
