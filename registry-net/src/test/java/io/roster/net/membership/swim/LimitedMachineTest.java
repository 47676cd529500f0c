package io.roster.net.membership.swim;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.net.membership.GossipOptions;
import io.roster.net.membership.Member;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** A machine that remembers four members and asks nobody out of turn. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LimitedMachineTest extends OneMachine {

  private static final Member THIRD = member("third", 1, 0);
  private static final Member FOURTH = member("fourth", 1, 0);

  LimitedMachineTest() {
    super(
        GossipOptions.lan()
            .withReconnect(reconnect -> reconnect.withMembersMax(4))
            .withProbes(probes -> probes.withLookAround(0)));
  }

  @Test
  void whoever_is_too_many_is_refused_and_news_of_the_others_are_not() {
    List.of(PEER, OTHER, THIRD, FOURTH).forEach(this::know);
    packet(PEER, ping(), new Rumor.Refuted(FOURTH.id(), 3, 0));
    packet(PEER, ping(), new Rumor.Told(member("other", 2, 0)));

    assertThat(swim.members())
        .extracting(Member::id)
        .containsExactly(member("other", 2, 0).id(), PEER.id(), SELF.id(), THIRD.id());
  }

  @Test
  void a_failure_is_no_reason_to_ask_others() {
    List.of(PEER, OTHER, THIRD).forEach(this::know);

    var effects = new ArrayList<>(step(new Input.Check(PEER.id().name())));
    long until = now + GossipOptions.lan().probes().interval().toNanos() * 10;
    while (swim.wakeAtNanos() < until) {
      now = Math.max(now, swim.wakeAtNanos());
      effects.addAll(step(new Input.Wake()));
    }

    // The others are asked to ask it, and nothing else: no round of probes has begun.
    for (Member other : List.of(OTHER, THIRD)) {
      assertThat(bodies(sentTo(effects, other), Packet.PingRequest.class)).isNotEmpty();
      assertThat(bodies(sentTo(effects, other), Packet.Ping.class)).isEmpty();
    }
  }
}
