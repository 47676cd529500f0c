package io.roster.core.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roster.core.identity.Pid;
import io.roster.core.signal.ExitReason;
import io.roster.core.support.LocalNode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CollectionTest {

  private static final Duration LONG = LocalNode.DEADLINE;

  @RegisterExtension final LocalNode node = new LocalNode();

  @Test
  void answers_are_taken_in_the_order_in_which_they_come() { // case 116
    var first = new Tape();
    var second = new Tape();
    var replies = new PendingReplies<String, Object>(node.system());
    replies.add("first", node.system().start(first).ask(Tape.Keep::new));
    replies.add("second", node.system().start(second).ask(Tape.Keep::new));

    second.kept().next().reply(2);
    assertThat(replies.next(LONG))
        .contains(new PendingReplies.Answer<>("second", new CallResult.Replied<>(2)));
    first.kept().next().reply(1);
    assertThat(replies.next(LONG))
        .contains(new PendingReplies.Answer<>("first", new CallResult.Replied<>(1)));
    assertThat(replies.next(LONG)).isEmpty();
  }

  @Test
  void a_server_that_ends_is_an_answer_too() {
    ServerRef<Tape.Message> server = node.system().start(new Tape());
    Pid pid = server.pid().orElseThrow();
    var replies = new PendingReplies<String, Object>(node.system());
    replies.add("only", server.ask(Tape.Keep::new));

    node.system().exit(pid, ExitReason.killed());

    assertThat(replies.next(LONG).orElseThrow().result()).isInstanceOf(CallResult.Failed.class);
  }

  @Test
  void cancelled_questions_leave_nothing_behind() { // case 116
    ServerRef<Tape.Message> server = node.system().start(new Tape());
    var replies = new PendingReplies<String, Object>(node.system());
    replies.add("only", server.ask(Tape.Keep::new));
    server.call(Tape.Read::new, LONG);

    assertThat(replies.next(Duration.ZERO)).isEmpty();
    assertThatThrownBy(() -> replies.add("only", server.ask(Tape.Keep::new)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got twice: only");
    replies.cancel();
    server.call(Tape.Read::new, LONG);

    assertThat(replies.size()).isZero();
  }

  @Test
  void of_many_servers_those_that_are_gone_are_told_apart() { // case 114
    List<ServerRef<Tape.Message>> servers =
        List.of(
            node.system().start(new Tape()),
            node.system().start(new Tape()),
            node.system().start(new Tape()));
    Pid dead = servers.get(1).pid().orElseThrow();
    node.system().exit(dead, ExitReason.killed());

    MultiCall<Tape.Message, List<Object>> result = MultiCall.call(servers, Tape.Read::new, LONG);

    assertThat(result.replies().keySet()).containsExactly(servers.get(0), servers.get(2));
    assertThat(result.failures())
        .containsExactly(
            java.util.Map.entry(
                servers.get(1), new CallFailure.ServerDown(dead, ExitReason.noProcess())));
  }
}
