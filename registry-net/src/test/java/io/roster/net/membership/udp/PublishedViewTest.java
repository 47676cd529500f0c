package io.roster.net.membership.udp;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import io.roster.net.membership.GossipOptions;
import io.roster.net.membership.Member;
import io.roster.net.membership.MemberState;
import io.roster.net.membership.NodeMetadata;
import io.roster.net.membership.swim.Effect;
import io.roster.net.membership.swim.Input;
import io.roster.net.membership.swim.Packet;
import io.roster.net.membership.swim.Rumor;
import io.roster.net.membership.swim.Swim;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PublishedViewTest {

  private static final Member PEER = member("b", 2);

  private final Swim swim =
      new Swim(
          member("a", 1),
          GossipOptions.lan()
              .withReconnect(reconnect -> reconnect.withForgetAfter(Duration.ofMinutes(1))),
          RandomGeneratorFactory.of("L64X128MixRandom").create(1));
  private final PublishedView view = new PublishedView(swim);
  private long now = 1_000_000_000L;

  @Test
  void a_view_shows_the_machine_itself_at_first() {
    assertThat(view.members()).containsExactly(swim.self());
  }

  @Test
  void a_view_follows_a_member_from_its_first_word_until_it_is_forgotten() {
    step(new Input.Start(List.of()));
    var news = new Packet(PEER.id(), new Packet.News(), List.of(new Rumor.Told(PEER)));
    step(new Input.Received(PEER.gossipAddress(), news));
    assertThat(view.member(PEER.id().name())).contains(PEER);

    awaitState(MemberState.SUSPECT);
    awaitState(MemberState.DEAD);
    while (swim.member(PEER.id().name()).isPresent()) {
      wake();
    }

    assertThat(view.members()).containsExactly(swim.self());
  }

  @Test
  void a_view_shows_what_a_node_says_of_itself() {
    step(new Input.Publish(NodeMetadata.PLAIN.withWeight(7)));

    assertThat(view.members()).extracting(each -> each.metadata().weight()).containsExactly(7);
  }

  private void awaitState(MemberState state) {
    while (swim.member(PEER.id().name()).orElseThrow().state() != state) {
      wake();
    }
    assertThat(view.member(PEER.id().name())).map(Member::state).contains(state);
  }

  private void wake() {
    now = Math.max(now, swim.wakeAtNanos());
    step(new Input.Wake());
  }

  private void step(Input input) {
    for (var effect : swim.step(input, now)) {
      if (effect instanceof Effect.Echo(long sequence)) {
        // Whoever does not hear itself accuses nobody.
        var own = new Packet.Ping(sequence, new Packet.Named(swim.self().id().name()));
        swim.step(
            new Input.Received(
                swim.self().gossipAddress(), new Packet(swim.self().id(), own, List.of())),
            now);
      }
    }
    view.publish();
    assertThat(view.members()).isEqualTo(swim.members());
  }

  private static Member member(String name, int port) {
    return new Member(
        new NodeId(new NodeName(name), 1),
        GossipNodes.loopback(port),
        MemberState.ALIVE,
        0,
        NodeMetadata.PLAIN);
  }
}
