package io.roster.net.membership.udp;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import io.roster.net.membership.Member;
import io.roster.net.membership.MemberEvent;
import io.roster.net.membership.MemberState;
import io.roster.net.membership.NodeMetadata;
import io.roster.net.membership.swim.Packet;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TrafficTest {

  private static final Member MEMBER =
      new Member(
          new NodeId(new NodeName("a"), 1),
          new InetSocketAddress(InetAddress.getLoopbackAddress(), 1),
          MemberState.ALIVE,
          1,
          NodeMetadata.PLAIN);

  private final Traffic traffic = new Traffic();

  @Test
  void questions_are_counted_and_answers_are_not() {
    traffic.sent(new Packet.Ping(1, new Packet.Anybody()));
    traffic.sent(new Packet.Ack(1, MEMBER.id()));
    traffic.sent(new Packet.News());

    assertThat(traffic.judgements()).isEqualTo(new GossipStats.Judgements(1, 0, 0, 0));
  }

  @Test
  void each_judgement_has_a_count_of_its_own() {
    for (var event :
        new MemberEvent[] {
          new MemberEvent.Up(MEMBER),
          new MemberEvent.Updated(MEMBER),
          new MemberEvent.Suspected(MEMBER),
          new MemberEvent.Refuted(MEMBER),
          new MemberEvent.Suspected(MEMBER),
          new MemberEvent.Suspected(MEMBER),
          new MemberEvent.Refuted(MEMBER),
          new MemberEvent.Down(MEMBER)
        }) {
      traffic.happened(event);
    }

    assertThat(traffic.judgements()).isEqualTo(new GossipStats.Judgements(0, 3, 2, 1));
  }
}
