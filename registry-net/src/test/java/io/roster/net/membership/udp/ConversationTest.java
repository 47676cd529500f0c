package io.roster.net.membership.udp;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import io.roster.net.membership.Member;
import io.roster.net.membership.MemberState;
import io.roster.net.membership.NodeMetadata;
import io.roster.net.membership.swim.StreamMessage;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ConversationTest {

  private static final NodeName NAME = new NodeName("a");
  private static final NodeId ID = new NodeId(NAME, 1);
  private static final Member MEMBER =
      new Member(ID, GossipNodes.loopback(9), MemberState.ALIVE, 0, NodeMetadata.PLAIN);

  private static final StreamMessage PROBE = new StreamMessage.Probe(ID, NAME);
  private static final StreamMessage ALIVE = new StreamMessage.Alive(ID);
  private static final StreamMessage COMPARE =
      new StreamMessage.Compare(MEMBER, new StreamMessage.Digest(1, 1));
  private static final StreamMessage SAME = new StreamMessage.Same();
  private static final StreamMessage VERSIONS = new StreamMessage.Versions(ID, List.of());
  private static final StreamMessage ROWS = new StreamMessage.Rows(ID, List.of(), List.of());
  private static final StreamMessage WHO_IS = new StreamMessage.WhoIs(NAME);
  private static final StreamMessage THIS_IS = new StreamMessage.ThisIs(List.of());
  private static final List<StreamMessage> ALL =
      List.of(PROBE, ALIVE, COMPARE, SAME, VERSIONS, ROWS, WHO_IS, THIS_IS);

  /** What this side says first, if it does, what the peer has said, and what it may say next. */
  record Point(List<StreamMessage> first, List<StreamMessage> said, List<StreamMessage> due) {
    Conversation reached() {
      var conversation =
          first.isEmpty() ? Conversation.accepted() : Conversation.beganWith(first.getFirst());
      assertThat(said).allMatch(conversation::takes);
      return conversation;
    }
  }

  static Stream<Point> points() {
    return Stream.of(
        new Point(List.of(), List.of(), List.of(PROBE, COMPARE, WHO_IS)),
        new Point(List.of(), List.of(PROBE), List.of()),
        new Point(List.of(), List.of(WHO_IS), List.of()),
        new Point(List.of(), List.of(COMPARE), List.of(ROWS)),
        new Point(List.of(), List.of(COMPARE, ROWS), List.of()),
        new Point(List.of(PROBE), List.of(), List.of(ALIVE)),
        new Point(List.of(PROBE), List.of(ALIVE), List.of()),
        new Point(List.of(COMPARE), List.of(), List.of(SAME, VERSIONS, ROWS)),
        new Point(List.of(COMPARE), List.of(SAME), List.of()),
        new Point(List.of(COMPARE), List.of(ROWS), List.of()),
        new Point(List.of(COMPARE), List.of(VERSIONS), List.of(ROWS)),
        new Point(List.of(COMPARE), List.of(VERSIONS, ROWS), List.of()),
        new Point(List.of(WHO_IS), List.of(), List.of(THIS_IS)),
        new Point(List.of(WHO_IS), List.of(THIS_IS), List.of()));
  }

  @ParameterizedTest
  @MethodSource("points")
  void nothing_is_taken_but_what_is_due(Point point) {
    assertThat(ALL.stream().filter(message -> point.reached().takes(message)))
        .containsExactlyInAnyOrderElementsOf(point.due());
  }

  @ParameterizedTest
  @MethodSource("points")
  void an_order_is_due_as_the_first_question_alone(Point point) {
    assertThat(point.reached().expectsOrder()).isEqualTo(point.due().contains(WHO_IS));
  }

  @Test
  void after_an_order_nothing_is_due() {
    var conversation = Conversation.accepted();
    conversation.tookOrder();

    assertThat(conversation.expectsOrder()).isFalse();
    assertThat(ALL).noneMatch(conversation::takes);
  }

  @Test
  void what_is_not_due_changes_nothing() {
    var conversation = Conversation.accepted();

    assertThat(conversation.takes(ROWS)).isFalse();
    assertThat(conversation.takes(COMPARE)).isTrue();
  }

  @Test
  void much_may_come_from_whoever_was_asked_for_a_view() {
    assertThat(Conversation.beganWith(COMPARE).expectsMuch()).isTrue();
    assertThat(Conversation.beganWith(PROBE).expectsMuch()).isFalse();
    assertThat(Conversation.beganWith(WHO_IS).expectsMuch()).isFalse();
  }
}
