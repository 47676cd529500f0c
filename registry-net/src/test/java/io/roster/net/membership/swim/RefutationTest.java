package io.roster.net.membership.swim;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.net.membership.MemberState;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What a node does that is accused. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RefutationTest extends OneMachine {

  @Test
  void it_refutes_a_suspicion_by_a_version_above_it() {
    know(PEER);

    var effects = packet(PEER, ping(), accused(SELF, 3, MemberState.SUSPECT));

    assertThat(swim.self().version()).isEqualTo(4);
    assertThat(sentTo(effects, PEER))
        .flatExtracting(Packet::rumors)
        .contains(new Rumor.Refuted(SELF.id(), 4, 0));
  }

  @Test
  void it_refutes_a_death_but_not_while_it_leaves() {
    know(PEER);
    step(new Input.Leave());
    long version = swim.self().version();

    packet(PEER, ping(), accused(SELF, 9, MemberState.DEAD));

    assertThat(swim.self().version()).isEqualTo(version);
    assertThat(swim.self().state()).isEqualTo(MemberState.LEFT);
  }

  @Test
  void it_refutes_whoever_it_accuses_itself_and_returns_the_charge_only_now_and_then() {
    know(PEER);
    know(OTHER);
    packet(OTHER, ping(), accused(PEER, 0, MemberState.SUSPECT));
    int charged = 0;

    for (int i = 0; i < 64; i++) {
      var accusation = accused(SELF, swim.self().version(), MemberState.SUSPECT);
      var effects = packet(PEER, new Packet.News(), accusation);

      var said = bodies(sentTo(effects, PEER), Packet.News.class).getFirst().rumors();
      assertThat(said).contains(new Rumor.Told(swim.self()));
      charged += said.size() - 1;
    }

    assertThat(charged).isBetween(16, 48);
  }

  @Test
  void it_refutes_with_the_answer_to_whoever_accuses_it() {
    know(PEER);

    var effects = packet(PEER, ping(), accused(SELF, 0, MemberState.DEAD));

    assertThat(sentTo(effects, PEER))
        .filteredOn(packet -> packet.body() instanceof Packet.Ack)
        .flatExtracting(Packet::rumors)
        .contains(new Rumor.Refuted(SELF.id(), 1, 0));
  }

  @Test
  void it_refutes_nobody_elses_suspicion() {
    know(PEER);
    know(OTHER);

    packet(PEER, ping(), accused(OTHER, 0, MemberState.SUSPECT));

    assertThat(swim.self().version()).isZero();
    assertThat(state(OTHER)).isEqualTo(MemberState.SUSPECT);
  }
}
