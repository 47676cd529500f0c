package io.roster.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import io.roster.net.membership.Member;
import io.roster.net.membership.MemberState;
import io.roster.net.membership.Membership;
import io.roster.net.membership.NodeMetadata;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LoadWatchTest {

  private final AtomicLong now = new AtomicLong();
  private final Alone gossip = new Alone();

  @Test
  void gossip_tells_a_load_that_has_lasted_and_keeps_what_else_is_told() {
    try (var watch = new LoadWatch(gossip, now::get, () -> 0.5)) {
      watch.sample();
      assertThat(gossip.metadata.load()).isZero();

      now.addAndGet(Duration.ofSeconds(30).toNanos());
      watch.sample();
      watch.sample();
    }

    assertThat(gossip.metadata).isEqualTo(NodeMetadata.PLAIN.withWeight(7).withLoad(2));
    assertThat(gossip.updates).isEqualTo(1);
  }

  @Test
  void no_thread_is_left_of_one_that_was_closed() {
    LoadWatch.start(gossip, now::get).close();

    await()
        .untilAsserted(
            () ->
                assertThat(Thread.getAllStackTraces().keySet())
                    .noneMatch(thread -> thread.getName().equals("load@lonely")));
  }

  private static final class Alone implements Membership {

    private NodeMetadata metadata = NodeMetadata.PLAIN.withWeight(7);
    private int updates;

    @Override
    public Member self() {
      return new Member(
          new NodeId(new NodeName("lonely"), 1),
          new InetSocketAddress(InetAddress.getLoopbackAddress(), 1),
          MemberState.ALIVE,
          updates,
          metadata);
    }

    @Override
    public List<Member> members() {
      return List.of(self());
    }

    @Override
    public Optional<Member> member(NodeName name) {
      return Optional.of(self()).filter(self -> self.id().name().equals(name));
    }

    @Override
    public void subscribe(Listener listener) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void updateMetadata(UnaryOperator<NodeMetadata> change) {
      metadata = change.apply(metadata);
      updates++;
    }
  }
}
