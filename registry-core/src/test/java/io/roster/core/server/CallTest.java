package io.roster.core.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roster.core.identity.Named;
import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import io.roster.core.identity.Pid;
import io.roster.core.identity.ProcessName;
import io.roster.core.process.ProcessReport;
import io.roster.core.process.SendResult;
import io.roster.core.process.StartOptions;
import io.roster.core.process.StartResult;
import io.roster.core.signal.ExitReason;
import io.roster.core.support.LocalNode;
import io.roster.core.support.Probe;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CallTest {

  private static final Duration LONG = LocalNode.DEADLINE;
  private static final Duration SHORT = Duration.ofMillis(5);

  @RegisterExtension final LocalNode node = new LocalNode();

  private final Tape tape = new Tape();

  private ServerRef<Tape.Message> start() {
    return node.system().start(tape);
  }

  private static CallResult<Object> told(
      ServerRef<Tape.Message> server,
      java.util.function.Function<ReplyTo<Object>, Next<List<Object>>> what) {
    return server.call(replyTo -> new Tape.Do<>(what, replyTo), LONG);
  }

  @Test
  void casts_and_calls_of_one_caller_keep_their_order() {
    ServerRef<Tape.Message> server = start();
    server.cast(new Tape.Note(1));
    server.cast(new Tape.Note(2));

    assertThat(server.call(Tape.Read::new, LONG).orElseThrow()).isEqualTo(List.of(1, 2));
  }

  @Test
  void a_process_may_call_as_well() {
    ServerRef<Tape.Message> server = start();

    node.inProcess(_ -> assertThat(server.call(Tape.Read::new, LONG).orElseThrow()).isEmpty());
  }

  @Test
  void a_call_to_a_dead_server_says_so() { // case 111
    ServerRef<Tape.Message> server = start();
    Pid pid = server.pid().orElseThrow();
    node.system().exit(pid, ExitReason.killed());

    CallResult<List<Object>> result = server.call(Tape.Read::new, LONG);

    var down = new CallFailure.ServerDown(pid, ExitReason.noProcess());
    assertThat(result).isEqualTo(CallResult.failed(down));
    assertThat(down.certainlyNotRun()).isTrue();
  }

  @Test
  void a_crash_during_the_call_is_its_end() { // case 111
    ServerRef<Tape.Message> server = start();
    Pid pid = server.pid().orElseThrow();

    CallResult<Object> result =
        told(
            server,
            _ -> {
              throw new IllegalStateException("oops");
            });

    assertThat(result)
        .isEqualTo(
            CallResult.failed(
                new CallFailure.ServerDown(
                    pid, new ExitReason.Crashed("java.lang.IllegalStateException: oops"))));
  }

  @Test
  void calls_that_wait_in_the_mailbox_end_with_the_server() {
    ServerRef<Tape.Message> server = start();
    Pid pid = server.pid().orElseThrow();
    node.system().suspend(pid);
    PendingReply<List<Object>> pending = server.ask(Tape.Read::new);

    node.system().exit(pid, ExitReason.killed());

    assertThat(pending.await(LONG))
        .isEqualTo(CallResult.failed(new CallFailure.ServerDown(pid, ExitReason.noProcess())));
  }

  @Test
  void a_call_to_a_server_that_is_killed_while_it_handles_it_ends_at_once() {
    ServerRef<Tape.Message> server = start();
    Pid pid = server.pid().orElseThrow();
    var busy = new Probe<Boolean>();
    var release = new AtomicBoolean();
    PendingReply<Object> pending =
        server.ask(
            replyTo ->
                new Tape.Do<>(
                    _ -> {
                      busy.put(true);
                      while (!release.get()) {
                        Thread.onSpinWait();
                      }
                      return Next.proceed(List.of());
                    },
                    replyTo));
    busy.next();

    node.system().exit(pid, ExitReason.killed());

    assertThat(pending.await(LONG))
        .isEqualTo(CallResult.failed(new CallFailure.ServerDown(pid, ExitReason.killed())));
    release.set(true);
  }

  @Test
  void a_call_to_an_unknown_node_says_so() { // case 111
    var far =
        ServerRef.<Tape.Message>of(
            node.system(), new Named(new ProcessName("x"), new NodeName("nowhere")));

    assertThat(far.call(Tape.Read::new, LONG))
        .isEqualTo(CallResult.failed(new CallFailure.ConnectionLost(new NodeName("nowhere"))));
  }

  @Test
  void a_call_to_an_earlier_start_of_the_node_finds_nobody() {
    var earlier = new Pid(new NodeId(new NodeName("a"), 7), 1);

    assertThat(ServerRef.<Tape.Message>of(node.system(), earlier).call(Tape.Read::new, LONG))
        .isEqualTo(CallResult.failed(new CallFailure.ServerDown(earlier, ExitReason.noProcess())));
  }

  @Test
  void a_call_to_an_unknown_name_says_so() {
    var nobody =
        ServerRef.<Tape.Message>of(
            node.system(), new Named(new ProcessName("nobody"), new NodeName("a")));

    assertThat(nobody.call(Tape.Read::new, LONG))
        .isEqualTo(CallResult.failed(new CallFailure.NoSuchName(new ProcessName("nobody"))));
  }

  @Test
  void a_late_reply_is_dropped_and_says_so() { // case 111
    ServerRef<Tape.Message> server = start();

    CallResult<Object> result = server.call(Tape.Keep::new, SHORT);
    ReplyTo<Object> late = tape.kept().next();

    assertThat(result).isEqualTo(CallResult.failed(new CallFailure.TimedOut(SHORT)));
    assertThat(late.reply("late")).isInstanceOf(SendResult.NoSuchProcess.class);
  }

  @Test
  void a_timed_out_call_leaves_no_monitor() { // case 116
    ServerRef<Tape.Message> server = start();

    server.call(Tape.Keep::new, SHORT);
    server.call(Tape.Read::new, LONG);

    assertThat(node.system().info(server.pid().orElseThrow()).orElseThrow().watchers()).isZero();
  }

  @Test
  void an_answered_deferred_call_leaves_no_monitor() {
    ServerRef<Tape.Message> server = start();
    PendingReply<Object> pending = server.ask(Tape.Keep::new);
    ReplyTo<Object> replyTo = tape.kept().next();
    server.call(Tape.Read::new, LONG);
    assertThat(node.system().info(server.pid().orElseThrow()).orElseThrow().watchers()).isOne();

    node.inProcess(_ -> assertThat(replyTo.reply("later")).isEqualTo(SendResult.delivered()));

    assertThat(pending.await(LONG).orElseThrow()).isEqualTo("later");
    assertThat(node.system().info(server.pid().orElseThrow()).orElseThrow().watchers()).isZero();
  }

  @Test
  void the_first_of_two_replies_counts() {
    ServerRef<Tape.Message> server = start();
    var second = new Probe<SendResult>();

    CallResult<Object> result =
        told(
            server,
            replyTo -> {
              replyTo.reply("first");
              second.put(replyTo.reply("second"));
              return Next.proceed(List.of());
            });

    assertThat(result.orElseThrow()).isEqualTo("first");
    assertThat(second.next()).isInstanceOf(SendResult.NoSuchProcess.class);
  }

  @Test
  void a_reply_to_a_caller_that_is_gone_disturbs_nobody() {
    ServerRef<Tape.Message> server = start();
    Pid caller = node.system().spawn(_ -> server.call(Tape.Keep::new, LONG));
    ReplyTo<Object> replyTo = tape.kept().next();

    node.system().exit(caller, ExitReason.killed());
    LocalNode.eventually("the caller is gone", () -> node.system().stats().zombies() == 0);

    assertThat(replyTo.reply("who?")).isInstanceOf(SendResult.NoSuchProcess.class);
    assertThat(server.call(Tape.Read::new, LONG).orElseThrow()).isEmpty();
  }

  @Test
  void null_is_no_reply() {
    ServerRef<Tape.Message> server = start();

    CallResult<Object> result =
        told(
            server,
            replyTo -> {
              replyTo.reply(nothing());
              return Next.proceed(List.of());
            });

    assertThat(result.toString()).contains("expected a reply, got: null");
  }

  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // what unchecked callers do
  private static <T> T nothing() {
    return null;
  }

  @Test
  void a_handler_that_returns_null_crashes_with_a_clear_reason() {
    ServerRef<Tape.Message> server = start();

    CallResult<Object> result = told(server, _ -> nothing());

    assertThat(result.toString()).contains("expected Tape.handle to return a Next, got: null");
  }

  @Test
  void an_init_that_returns_null_fails_with_a_clear_reason() {
    var result = node.system().tryStart(new Tape(_ -> nothing()), StartOptions.DEFAULT);

    assertThat(result.toString()).contains("expected Tape.init to return a Init, got: null");
  }

  @Test
  void a_handler_that_goes_on_with_null_crashes_with_a_clear_reason() {
    List<Function<List<Object>, Next<List<Object>>>> ways =
        List.of(Next::proceed, Next::unhandled, state -> Next.stop(ExitReason.normal(), state));

    for (var way : ways) {
      CallResult<Object> result = told(start(), _ -> way.apply(nothing()));

      assertThat(result.toString()).contains("expected a state, got: null");
    }
  }

  @Test
  void an_init_that_begins_with_null_fails_with_a_clear_reason() {
    var result = node.system().tryStart(new Tape(_ -> Init.ok(nothing())), StartOptions.DEFAULT);

    assertThat(result)
        .isEqualTo(
            new StartResult.Failed<>(
                new ExitReason.Crashed(
                    "java.lang.IllegalArgumentException: expected a state, got: null")));
  }

  @Test
  void a_server_that_calls_itself_is_told_so() {
    ServerRef<Tape.Message> server = start();

    CallResult<Object> result =
        told(
            server,
            replyTo -> {
              replyTo.reply(server.call(Tape.Read::new, LONG));
              return Next.proceed(List.of());
            });

    assertThat(result.orElseThrow())
        .isEqualTo(CallResult.failed(new CallFailure.CallingSelf(server.pid().orElseThrow())));
  }

  @Test
  void a_server_cannot_receive() {
    ServerRef<Tape.Message> server = start();

    CallResult<Object> result =
        told(
            server,
            _ -> {
              node.system().current().orElseThrow().receive();
              return Next.proceed(List.of());
            });

    assertThat(result.toString()).contains("expected receive in a plain process, got: the server");
  }

  @Test
  void a_handler_that_blocks_for_ever_can_be_killed_and_replaced() {
    var options = StartOptions.named("tape");
    ServerRef<Tape.Message> server = node.system().start(tape, options);
    PendingReply<Object> stuck =
        server.ask(
            replyTo ->
                new Tape.Do<>(
                    _ -> {
                      node.system().awaitExit(server.pid().orElseThrow(), LONG.multipliedBy(10));
                      return Next.proceed(List.of());
                    },
                    replyTo));

    node.system().exit(server.pid().orElseThrow(), ExitReason.killed());

    assertThat(stuck.await(LONG)).isInstanceOf(CallResult.Failed.class);
    ServerRef<Tape.Message> next = node.system().start(new Tape(), options);
    assertThat(next.call(Tape.Read::new, LONG).orElseThrow()).isEmpty();
  }

  @Test
  void a_handler_that_ignores_interruption_is_reported_and_holds_up_nobody() {
    var release = new AtomicBoolean();
    var begun = new Probe<Boolean>();
    ServerRef<Tape.Message> server = start();
    PendingReply<Object> stuck =
        server.ask(
            replyTo ->
                new Tape.Do<>(
                    _ -> {
                      begun.put(true);
                      while (!release.get()) {
                        Thread.onSpinWait();
                      }
                      return Next.proceed(List.of());
                    },
                    replyTo));
    begun.next();

    node.system().exit(server.pid().orElseThrow(), ExitReason.killed());

    assertThat(stuck.await(LONG)).isInstanceOf(CallResult.Failed.class);
    LocalNode.eventually(
        "the zombie is reported",
        () -> node.reports().stream().anyMatch(ProcessReport.Zombie.class::isInstance));
    release.set(true);
  }

  @Test
  void a_full_mailbox_refuses_a_call() {
    ServerRef<Tape.Message> server =
        node.system().start(tape, StartOptions.DEFAULT.withMailboxMax(1));
    Pid pid = server.pid().orElseThrow();
    server.call(Tape.Read::new, LONG);
    node.system().suspend(pid);
    server.cast(new Tape.Note(1));

    CallResult<List<Object>> result = server.call(Tape.Read::new, LONG);

    assertThat(result).isEqualTo(CallResult.failed(new CallFailure.Overloaded(pid, 1)));
    node.system().resume(pid);
  }

  @Test
  void a_message_of_a_foreign_type_does_not_reach_the_handler() {
    ServerRef<Tape.Message> server = start();

    node.system().send(server.pid().orElseThrow(), "stray");

    assertThat(tape.signals().next()).isEqualTo(new ServerSignal.Stray("stray"));
    assertThat(server.call(Tape.Read::new, LONG).orElseThrow()).isEmpty();
    assertThat(node.reports())
        .singleElement()
        .isInstanceOfSatisfying(
            ProcessReport.UnexpectedMessage.class,
            report -> assertThat(report.message()).isEqualTo("stray"));
  }

  @Test
  void a_failed_call_that_must_have_a_reply_throws_the_failure() {
    ServerRef<Tape.Message> server = start();

    assertThatThrownBy(() -> server.call(Tape.Keep::new, SHORT).orElseThrow())
        .isInstanceOfSatisfying(
            CallException.class,
            e -> assertThat(e.failure()).isEqualTo(new CallFailure.TimedOut(SHORT)));
  }

  @Test
  void a_call_follows_a_server_that_moves_while_it_waits() {
    ServerRef<Tape.Message> server = start();
    ServerRef<Tape.Message> target = node.system().start(new Tape());
    Pid to = target.pid().orElseThrow();
    PendingReply<Object> open = server.ask(Tape.Keep::new);
    ReplyTo<Object> handed = tape.kept().next();

    PendingReply<Object> move =
        server.ask(
            replyTo -> new Tape.Do<>(_ -> Next.stop(new ExitReason.Moved(to), List.of()), replyTo));
    CallResult<List<Object>> late = server.call(Tape.Read::new, LONG);
    handed.reply("from the new place");

    assertThat(late.orElseThrow()).isEmpty();
    assertThat(open.await(LONG).orElseThrow()).isEqualTo("from the new place");
    move.cancel();
  }

  @Test
  void a_call_that_a_server_took_before_it_moved_may_have_run_though_nobody_is_there() {
    ServerRef<Tape.Message> server = start();
    Pid gone = node.system().spawn(_ -> {});
    node.system().awaitExit(gone, LONG);
    PendingReply<Object> open = server.ask(Tape.Keep::new);
    tape.kept().next();
    PendingReply<Object> current =
        server.ask(
            replyTo ->
                new Tape.Do<>(_ -> Next.stop(new ExitReason.Moved(gone), List.of()), replyTo));

    var down = new CallFailure.ServerDown(gone, new ExitReason.Moved(gone));
    assertThat(open.await(LONG)).isEqualTo(CallResult.failed(down));
    assertThat(current.await(LONG)).isEqualTo(CallResult.failed(down));
    assertThat(down.certainlyNotRun()).isFalse();
  }

  @Test
  void a_call_that_its_handler_left_open_while_the_server_was_killed_may_have_run() {
    ServerRef<Tape.Message> server = start();
    Pid pid = server.pid().orElseThrow();
    var busy = new Probe<Boolean>();
    var dead = new AtomicBoolean();
    PendingReply<Object> pending =
        server.ask(
            replyTo ->
                new Tape.Do<>(
                    _ -> {
                      busy.put(true);
                      while (!dead.get()) {
                        Thread.onSpinWait();
                      }
                      return Next.proceed(List.of());
                    },
                    replyTo));
    busy.next();
    // Within its end, before its callers are told.
    node.system()
        .onExit(
            pid,
            (_, _) -> {
              dead.set(true);
              LocalNode.eventually("the call has ended", () -> pending.poll().isPresent());
            });

    node.system().exit(pid, ExitReason.killed());

    assertThat(pending.await(LONG))
        .isEqualTo(CallResult.failed(new CallFailure.ServerDown(pid, ExitReason.killed())));
  }

  @Test
  void many_callers_each_get_their_own_answer() {
    ServerRef<Counter.Message> counter = node.system().start(new Counter());
    var answers = new Probe<Long>();
    for (int i = 0; i < 1_000; i++) {
      node.system()
          .spawn(
              _ -> {
                counter.cast(new Counter.Add(1));
                answers.put(counter.call(Counter.Get::new, LONG).orElseThrow());
              });
    }

    assertThat(answers.next(1_000)).allMatch(answer -> answer >= 1 && answer <= 1_000);
    assertThat(counter.call(Counter.Get::new, LONG).orElseThrow()).isEqualTo(1_000);
  }
}
