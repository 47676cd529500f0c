package io.roster.testkit.gossip;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import io.roster.net.membership.GossipOptions;
import io.roster.net.membership.Member;
import io.roster.net.membership.MemberEvent;
import io.roster.net.membership.MemberState;
import io.roster.net.membership.swim.Effect;
import io.roster.net.membership.swim.Input;
import io.roster.net.membership.swim.Packet;
import io.roster.net.membership.swim.Rumor;
import io.roster.testkit.sim.Link;
import io.roster.testkit.sim.SimNetwork;
import io.roster.testkit.sim.Simulation;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What a broken machine would do, and that it is seen. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class GossipInvariantsTest {

  private final GossipSim cluster = joined();
  private final GossipInvariants invariants = new GossipInvariants(cluster);
  private final SimNode observer = cluster.node("n0");
  private final Member peer = cluster.node("n1").swim().self();

  @Test
  void versions_that_their_owner_did_not_give_out_are_seen() {
    invariants.stepped(cluster.node("n1"), new Input.Wake(), List.of());

    holds(told(peer));
    breaks(told(as(MemberState.ALIVE, 1)), "tells version 1");
  }

  @Test
  void a_packet_beyond_the_limit_is_seen() {
    breaks(news(Collections.nCopies(60, new Rumor.Told(peer))), "bytes");
  }

  @Test
  void an_accuser_that_counts_twice_is_seen() {
    var accuser = new NodeName("n2");

    holds(accused(List.of(accuser)));
    breaks(accused(List.of(accuser, accuser)), "accusers");
  }

  @Test
  void a_suspect_among_its_accusers_is_seen() {
    breaks(accused(List.of(peer.id().name())), "accusers");
  }

  @Test
  void a_member_that_is_up_twice_is_seen() {
    holds(new Effect.Announce(new MemberEvent.Up(peer)));
    breaks(new Effect.Announce(new MemberEvent.Up(peer)), "up twice");
  }

  @Test
  void a_later_start_before_the_end_of_the_earlier_is_seen() {
    holds(new Effect.Announce(new MemberEvent.Up(peer)));
    breaks(new Effect.Announce(new MemberEvent.Up(nextStart())), "up twice");
  }

  @Test
  void a_return_from_the_dead_with_nothing_new_is_seen() {
    holds(new Effect.Announce(new MemberEvent.Down(as(MemberState.DEAD, 0))));
    breaks(new Effect.Announce(new MemberEvent.Up(peer)), "nothing new");
  }

  @Test
  void a_return_after_a_goodbye_is_seen() {
    holds(new Effect.Announce(new MemberEvent.Down(as(MemberState.LEFT, 1))));
    breaks(new Effect.Announce(new MemberEvent.Up(as(MemberState.ALIVE, 2))), "nothing new");
  }

  @Test
  void a_second_end_is_seen() {
    holds(new Effect.Announce(new MemberEvent.Down(as(MemberState.LEFT, 1))));
    breaks(new Effect.Announce(new MemberEvent.Down(as(MemberState.DEAD, 1))), "goes down");
  }

  @Test
  void a_suspicion_older_than_what_was_announced_is_seen() {
    holds(new Effect.Announce(new MemberEvent.Refuted(as(MemberState.ALIVE, 5))));
    breaks(new Effect.Announce(new MemberEvent.Suspected(as(MemberState.SUSPECT, 4))), "goes back");
  }

  private void holds(Effect effect) {
    assertThatCode(() -> stepped(effect)).doesNotThrowAnyException();
  }

  private void breaks(Effect effect, String saying) {
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> stepped(effect))
        .withMessageContaining(saying);
  }

  private void stepped(Effect effect) {
    invariants.stepped(observer, new Input.Wake(), List.of(effect));
  }

  private Member as(MemberState state, long version) {
    return new Member(peer.id(), peer.gossipAddress(), state, version, peer.metadata());
  }

  private Member nextStart() {
    var id = new NodeId(peer.id().name(), peer.id().incarnation() + 1);
    return new Member(id, peer.gossipAddress(), MemberState.ALIVE, 0, peer.metadata());
  }

  private Effect accused(List<NodeName> accusers) {
    return news(List.of(new Rumor.Accused(peer.id(), 0, MemberState.SUSPECT, accusers)));
  }

  private Effect told(Member member) {
    return news(List.of(new Rumor.Told(member)));
  }

  private Effect news(List<Rumor> rumors) {
    return new Effect.Send(
        peer.gossipAddress(), new Packet(observer.id(), new Packet.News(), rumors));
  }

  private static GossipSim joined() {
    var simulation = new Simulation(1);
    var cluster =
        new GossipSim(simulation, new SimNetwork<>(simulation, Link.lan()), GossipOptions.lan());
    cluster.startJoined(3);
    return cluster;
  }
}
