package io.roster.net.membership.swim;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import io.roster.net.membership.GossipOptions;
import io.roster.net.membership.Member;
import io.roster.net.membership.MemberState;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What whoever sends a datagram gets back. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RepliesTest extends OneMachine {

  @Test
  void it_answers_a_ping_for_its_name() {
    var effects = packet(PEER, new Packet.Ping(7, new Packet.Named(SELF.id().name())));

    assertThat(sentTo(effects, PEER))
        .extracting(Packet::body)
        .contains(new Packet.Ack(7, SELF.id()));
  }

  @Test
  void it_answers_no_ping_for_another_name_at_its_address() {
    var effects = packet(PEER, new Packet.Ping(7, new Packet.Named(new NodeName("ghost"))));

    assertThat(sentTo(effects, PEER)).isEmpty();
  }

  @Test
  void it_answers_a_stranger_with_no_more_than_it_sent() {
    know(OTHER);
    packet(OTHER, new Packet.News(), new Rumor.Told(member("third", 1, 0)));

    var effects = packet(PEER, new Packet.Ping(7, new Packet.Anybody()));

    assertThat(sentTo(effects, PEER))
        .singleElement()
        .extracting(Packet::rumors)
        .isEqualTo(List.of());
  }

  @Test
  void it_answers_an_earlier_start_elsewhere_with_no_more_than_that_there_is_a_later_one() {
    var earlier = new NodeId(SELF.id().name(), SELF.id().incarnation() - 1);
    know(member("peer", 2, 7));
    var elsewhere = OTHER.gossipAddress();

    var own =
        step(new Input.Received(elsewhere, new Packet(earlier, new Packet.News(), List.of())));
    var peers =
        step(new Input.Received(elsewhere, new Packet(PEER.id(), new Packet.News(), List.of())));

    assertThat(sentTo(own, OTHER))
        .containsExactly(new Packet(SELF.id(), new Packet.News(), List.of()));
    assertThat(sentTo(peers, OTHER))
        .singleElement()
        .extracting(Packet::rumors)
        .isEqualTo(List.of(new Rumor.Refuted(new NodeId(PEER.id().name(), 2), 7, 7)));
  }

  @Test
  void it_answers_a_suspect_with_the_charge_where_it_is_known_to_be_and_nowhere_else() {
    know(PEER);
    know(OTHER);
    packet(OTHER, ping(), accused(PEER, 0, MemberState.SUSPECT));
    var elsewhere = member("elsewhere", 1, 0);

    var effects =
        step(
            new Input.Received(
                elsewhere.gossipAddress(), new Packet(PEER.id(), new Packet.News(), List.of())));

    assertThat(sentTo(effects, elsewhere)).isEmpty();
    assertThat(sentTo(effects, PEER)).flatExtracting(Packet::rumors).isNotEmpty();
  }

  @Test
  void it_answers_whoever_has_it_ask_somebody_with_news_only_where_that_one_is_known_to_be() {
    know(PEER);
    know(OTHER);

    var stranger = relayed(member("stranger", 1, 0), member("ghost", 1, 0));
    var member = relayed(PEER, OTHER);

    for (var sent : List.of(stranger, member)) {
      assertThat(sent)
          .extracting(packet -> packet.body().getClass().getSimpleName())
          .containsExactly("Ping", "Nack", "Ack");
    }
    assertThat(stranger).allMatch(packet -> packet.rumors().isEmpty());
    assertThat(member).noneMatch(packet -> packet.rumors().isEmpty());
  }

  /** The question for another, and what the asker hears; with each step there is fresh news. */
  private List<Packet> relayed(Member asker, Member target) {
    var request = new Packet.PingRequest(7, target.id().name(), target.gossipAddress());
    var sent = bodies(sentTo(packet(asker, request, fresh(asker, 1)), target), Packet.Ping.class);
    now += GossipOptions.lan().probes().timeout().toNanos();
    var late = packet(OTHER, new Packet.News(), fresh(asker, 2));
    long sequence = ((Packet.Ping) sent.getFirst().body()).sequence();
    var ack = packet(target, new Packet.Ack(sequence, target.id()), fresh(asker, 3));
    var all = new ArrayList<>(sent);
    all.addAll(bodies(sentTo(late, asker), Packet.Nack.class));
    all.addAll(bodies(sentTo(ack, asker), Packet.Ack.class));
    return all;
  }

  private Rumor fresh(Member asker, int number) {
    return new Rumor.Told(member("for-" + asker.id().name().value() + number, 1, 0));
  }

  @Test
  void it_answers_nothing_that_it_said_itself() {
    assertThat(packet(SELF, new Packet.Ping(7, new Packet.Anybody()))).isEmpty();
  }
}
