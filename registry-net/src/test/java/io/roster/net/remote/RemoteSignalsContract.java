package io.roster.net.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roster.core.identity.Pid;
import io.roster.core.process.Report;
import io.roster.core.process.SendResult;
import io.roster.core.process.StartOptions;
import io.roster.core.server.CallFailure;
import io.roster.core.server.CallResult;
import io.roster.core.server.ServerRef;
import io.roster.core.signal.ExitReason;
import io.roster.core.signal.Signal;
import io.roster.net.remote.TestMessages.EchoMessage;
import io.roster.net.remote.TestMessages.EchoServer;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What signals promise besides when their ends are on two nodes. */
interface RemoteSignalsContract extends SignalsContract {

  /** Ends the link between the two nodes and keeps it ended. */
  void cut();

  /** Makes the link again. */
  void heal();

  /** What was reported here. */
  BlockingQueue<Report> reportsHere();

  @Test
  default void a_broken_link_fires_links_and_monitors_once_with_no_connection()
      throws Exception { // cases 121 and 122
    Pid pid =
        there()
            .spawn(
                self -> {
                  self.trapExits(true);
                  self.receive(String.class);
                });
    var ready = new CompletableFuture<Void>();
    var heard = new CompletableFuture<List<Object>>();
    here()
        .spawn(
            self -> {
              self.trapExits(true);
              self.link(pid);
              self.monitor(pid);
              // An answer from there means that link and monitor have arrived.
              ServerRef.<EchoMessage>of(here(), echoPid())
                  .<String>call(to -> new EchoMessage.Say("", to), PATIENCE);
              ready.complete(null);
              Object exit = self.receive(Signal.Exit.class, PATIENCE).orElseThrow();
              Object down =
                  self.receive(Signal.Down.class, PATIENCE).map(Signal.Down::reason).orElseThrow();
              self.send(self.pid(), "end");
              heard.complete(List.of(exit, down, self.receive()));
            });
    ready.get(20, TimeUnit.SECONDS);

    cut();

    var lost = new ExitReason.NoConnection(there().node().name());
    assertThat(heard.get(20, TimeUnit.SECONDS))
        .containsExactly(new Signal.Exit(pid, lost, true), lost, "end");
    assertThat(there().isAlive(pid)).isTrue();
  }

  private Pid echoPid() {
    return there().start(new EchoServer()).pid().orElseThrow();
  }

  @Test
  default void a_call_that_waits_when_the_link_breaks_ends_with_connection_lost()
      throws Exception { // case 112
    var result = new CompletableFuture<CallResult<String>>();
    ServerRef<EchoMessage> server = ServerRef.of(here(), echoPid());
    here().spawn(_ -> result.complete(server.call(EchoMessage.Keep::new, PATIENCE)));
    await().until(() -> there().stats().remoteTies() > 0);

    cut();

    assertThat(result.get(20, TimeUnit.SECONDS))
        .isEqualTo(CallResult.failed(new CallFailure.ConnectionLost(there().node().name())));
  }

  @Test
  default void after_a_cut_a_send_fails_at_once_and_after_a_heal_it_arrives() throws Exception {
    ServerRef<EchoMessage> server = ServerRef.of(here(), echoPid());
    cut();
    var lost = server.cast(new EchoMessage.Note(1));

    heal();
    var found = server.cast(new EchoMessage.Note(2));

    assertThat(lost).isEqualTo(new SendResult.ConnectionLost(there().node().name()));
    assertThat(found).isEqualTo(SendResult.delivered());
    assertThat(server.call(EchoMessage.Notes::new, PATIENCE).orElseThrow()).containsExactly(2);
  }

  @Test
  default void a_message_of_an_unregistered_type_is_refused_here() {
    ServerRef<Object> server = ServerRef.of(here(), echoPid());

    assertThat(server.cast(new TestMessages.Unregistered(1)))
        .isInstanceOf(SendResult.NotEncodable.class);
  }

  @Test
  default void an_answer_that_cannot_be_sent_is_told_to_the_one_who_waits() {
    ServerRef<EchoMessage> server = ServerRef.of(here(), echoPid());

    assertThat(server.call(EchoMessage.AnswerOddly::new, PATIENCE).toString())
        .contains("NotEncodable")
        .contains("Unregistered");
  }

  @Test
  default void a_type_that_the_other_node_does_not_know_is_refused_and_the_link_stays()
      throws Exception {
    ServerRef<Object> server = ServerRef.of(here(), echoPid());

    var call = server.<String>call(OnlyHere.Question::new, PATIENCE);
    server.cast(new OnlyHere.Remark());

    assertThat(call.toString()).contains("NotEncodable").contains("only-here");
    assertThat(reportsHere().poll(20, TimeUnit.SECONDS))
        .isInstanceOf(RemoteReport.MessageRefused.class);
    ServerRef<EchoMessage> known = ServerRef.of(here(), server.pid().orElseThrow());
    assertThat(
            known.<String>call(to -> new EchoMessage.Say("still here", to), PATIENCE).orElseThrow())
        .isEqualTo("still here");
  }

  @Test
  default void a_full_mailbox_over_there_is_told_to_the_caller() {
    Pid full = echoPid();
    there().suspend(full);
    ServerRef<EchoMessage> server = ServerRef.of(here(), full);
    for (int n = 0; n < 6500; n++) {
      server.cast(new EchoMessage.Note(n));
    }

    assertThat(server.<String>call(to -> new EchoMessage.Say("hello", to), PATIENCE).toString())
        .contains("Overloaded");
  }

  @Test
  default void a_cast_that_a_full_mailbox_refused_is_an_event_on_both_nodes() throws Exception {
    Pid full =
        there().start(new EchoServer(), StartOptions.DEFAULT.withMailboxMax(1)).pid().orElseThrow();
    there().suspend(full);
    ServerRef<EchoMessage> server = ServerRef.of(here(), full);

    server.cast(new EchoMessage.Note(1));
    server.cast(new EchoMessage.Note(2));

    assertThat(reportsHere().poll(20, TimeUnit.SECONDS))
        .isInstanceOfSatisfying(
            RemoteReport.MessageRefused.class,
            refused -> assertThat(refused.why()).isInstanceOf(SendResult.Overloaded.class));
    assertThat(there().stats().refusedMessages()).isOne();
  }
}
