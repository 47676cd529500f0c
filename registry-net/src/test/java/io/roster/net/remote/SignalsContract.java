package io.roster.net.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roster.core.identity.Named;
import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import io.roster.core.identity.Pid;
import io.roster.core.identity.ProcessName;
import io.roster.core.process.ProcessBody;
import io.roster.core.process.ProcessContext;
import io.roster.core.process.ProcessSystem;
import io.roster.core.process.SendResult;
import io.roster.core.process.StartOptions;
import io.roster.core.server.CallFailure;
import io.roster.core.server.CallResult;
import io.roster.core.server.ServerRef;
import io.roster.core.signal.ExitReason;
import io.roster.core.signal.Signal;
import io.roster.net.remote.TestMessages.EchoMessage;
import io.roster.net.remote.TestMessages.EchoServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What signals promise, wherever their two ends are. Run over one node, over links inside the JVM
 * and over TCP.
 */
interface SignalsContract {

  Duration PATIENCE = Duration.ofSeconds(20);

  /** Where the tests' own processes run. */
  ProcessSystem here();

  /** Where the processes run that they talk to. May be the same node. */
  ProcessSystem there();

  /** Runs {@code body} in a process here and gives its result back. */
  private <T> T inProcess(Body<T> body) throws Exception {
    var result = new CompletableFuture<T>();
    here()
        .spawn(
            self -> {
              try {
                result.complete(body.run(self));
              } catch (Throwable e) {
                result.completeExceptionally(e);
              }
            });
    return result.get(PATIENCE.toSeconds() + 5, TimeUnit.SECONDS);
  }

  /** What a test's process does. */
  @FunctionalInterface
  interface Body<T> {
    T run(ProcessContext self) throws Exception;
  }

  private ServerRef<EchoMessage> echo() {
    var started = there().start(new EchoServer());
    return ServerRef.of(here(), started.pid().orElseThrow());
  }

  private Pid sleeper() {
    return there().spawn(self -> self.receive(String.class));
  }

  private Pid dead() {
    Pid pid = there().spawn(_ -> {});
    there().stop(pid, ExitReason.shutdown(), PATIENCE);
    return pid;
  }

  private <T> T next(ProcessContext self, Class<T> type) {
    return self.receive(type, PATIENCE)
        .orElseThrow(() -> new AssertionError("expected " + type + ", got nothing"));
  }

  @Test
  default void a_call_is_answered() {
    CallResult<String> result =
        echo().<String>call(to -> new EchoMessage.Say("hello", to), PATIENCE);

    assertThat(result).isEqualTo(new CallResult.Replied<>("hello"));
  }

  @Test
  default void casts_of_one_sender_keep_their_order() {
    var server = echo();

    IntStream.range(0, 5000).forEach(n -> server.cast(new EchoMessage.Note(n)));

    assertThat(server.call(EchoMessage.Notes::new, PATIENCE).orElseThrow())
        .isEqualTo(IntStream.range(0, 5000).boxed().toList());
  }

  @Test
  default void a_call_by_name_and_node_is_answered() { // case 112
    there().start(new EchoServer(), StartOptions.named("echo"));
    ServerRef<EchoMessage> server =
        ServerRef.of(here(), new Named(new ProcessName("echo"), there().node().name()));

    assertThat(server.<String>call(to -> new EchoMessage.Say("hello", to), PATIENCE))
        .isEqualTo(new CallResult.Replied<>("hello"));
  }

  @Test
  default void a_call_to_an_unknown_name_fails_with_it() { // case 112
    var name = new ProcessName("nobody");
    ServerRef<EchoMessage> server = ServerRef.of(here(), new Named(name, there().node().name()));

    assertThat(server.<String>call(to -> new EchoMessage.Say("hello", to), PATIENCE))
        .isEqualTo(CallResult.failed(new CallFailure.NoSuchName(name)));
  }

  @Test
  default void a_call_to_the_dead_fails_with_no_process() { // case 111
    Pid pid = dead();
    ServerRef<EchoMessage> server = ServerRef.of(here(), pid);

    assertThat(server.<String>call(to -> new EchoMessage.Say("hello", to), PATIENCE))
        .isEqualTo(CallResult.failed(new CallFailure.ServerDown(pid, ExitReason.noProcess())));
  }

  @Test
  default void a_crash_during_a_call_fails_it_with_the_reason() { // case 111
    CallResult<String> result =
        echo().<String>call(to -> new EchoMessage.Crash("out of luck", to), PATIENCE);

    assertThat(result.toString()).contains("ServerDown").contains("out of luck");
  }

  @Test
  default void a_call_to_an_unknown_node_fails_at_once() { // cases 111 and 113
    var nowhere = new NodeName("nowhere");
    ServerRef<EchoMessage> server = ServerRef.of(here(), new Pid(new NodeId(nowhere, 1), 1));

    assertThat(server.<String>call(to -> new EchoMessage.Say("hello", to), PATIENCE))
        .isEqualTo(CallResult.failed(new CallFailure.ConnectionLost(nowhere)));
    assertThat(server.cast(new EchoMessage.Note(1)))
        .isEqualTo(new SendResult.ConnectionLost(nowhere));
  }

  @Test
  default void a_late_answer_is_dropped() throws Exception { // case 111
    var server = echo();

    Object left =
        inProcess(
            self -> {
              var late = server.call(EchoMessage.Keep::new, Duration.ofMillis(50));
              assertThat(late).isInstanceOf(CallResult.Failed.class);
              server.<Boolean>call(to -> new EchoMessage.AnswerKept("too late", to), PATIENCE);
              self.send(self.pid(), "end");
              return self.receive();
            });

    assertThat(left).isEqualTo("end");
  }

  @Test
  default void a_monitor_of_the_dead_fires_at_once() throws Exception {
    Pid pid = dead();

    Signal.Down down =
        inProcess(
            self -> {
              self.monitor(pid);
              return next(self, Signal.Down.class);
            });

    assertThat(down.object()).isEqualTo(pid);
    assertThat(down.reason()).isEqualTo(ExitReason.noProcess());
  }

  @Test
  default void two_monitors_fire_twice_and_two_links_once() throws Exception { // case 121
    Pid pid = sleeper();

    List<Object> heard =
        inProcess(
            self -> {
              self.trapExits(true);
              var first = self.monitor(pid);
              var second = self.monitor(pid);
              self.link(pid);
              self.link(pid);
              self.send(pid, "enough");
              var downs =
                  List.of(next(self, Signal.Down.class).ref(), next(self, Signal.Down.class).ref());
              assertThat(downs).containsExactlyInAnyOrder(first, second);
              var exit = next(self, Signal.Exit.class);
              self.send(self.pid(), "end");
              return List.of(exit, self.receive());
            });

    assertThat(heard).containsExactly(new Signal.Exit(pid, ExitReason.normal(), true), "end");
  }

  @Test
  default void demonitor_tells_whether_a_down_will_come() throws Exception { // case 119
    Pid pid = sleeper();
    Pid gone = dead();

    List<Object> heard =
        inProcess(
            self -> {
              var active = self.monitor(pid);
              boolean was = self.demonitor(active);
              var fired = self.monitor(gone);
              self.receive(m -> m instanceof Signal.Down, PATIENCE);
              boolean wasNot = self.demonitor(fired);
              self.send(pid, "enough");
              var marker = self.monitor(pid);
              Signal.Down down = next(self, Signal.Down.class);
              return List.of(was, wasNot, down.ref().equals(marker));
            });

    assertThat(heard).containsExactly(true, false, true);
  }

  @Test
  default void a_link_to_the_dead_is_an_exit_of_no_process() throws Exception { // case 122
    Pid pid = dead();

    Signal.Exit exit =
        inProcess(
            self -> {
              self.trapExits(true);
              self.link(pid);
              return next(self, Signal.Exit.class);
            });

    assertThat(exit.from()).isEqualTo(pid);
    assertThat(exit.reason()).isEqualTo(ExitReason.noProcess());
  }

  @Test
  default void kill_cannot_be_trapped_and_links_hear_of_killed() throws Exception { // case 122
    Pid victim =
        there()
            .spawn(
                self -> {
                  self.trapExits(true);
                  self.receive(String.class);
                });

    Signal.Exit exit =
        inProcess(
            self -> {
              self.trapExits(true);
              self.link(victim);
              self.exit(victim, ExitReason.killed());
              return next(self, Signal.Exit.class);
            });

    assertThat(exit).isEqualTo(new Signal.Exit(victim, ExitReason.killed(), true));
  }

  @Test
  default void an_untrapped_link_ends_both() throws Exception {
    Pid victim =
        there()
            .spawn(
                self -> {
                  self.receive(String.class);
                  self.exit(new ExitReason.Crashed("together"));
                });

    Signal.Down down =
        inProcess(
            self -> {
              self.spawnMonitor(
                  other -> {
                    other.link(victim);
                    other.send(victim, "go");
                    other.receive(String.class);
                  });
              return next(self, Signal.Down.class);
            });

    assertThat(down.reason()).isEqualTo(new ExitReason.Crashed("together"));
  }

  @Test
  default void a_crash_keeps_its_typed_detail() throws Exception { // case 120
    Pid pid = there().spawn(self -> self.receive(String.class));

    Signal.Down down =
        inProcess(
            self -> {
              self.monitor(pid);
              self.exit(pid, new ExitReason.Crashed("typed", new EchoMessage.Note(7)));
              return next(self, Signal.Down.class);
            });

    assertThat(down.reason()).isEqualTo(new ExitReason.Crashed("typed", new EchoMessage.Note(7)));
  }

  @Test
  default void a_crash_whose_detail_has_no_form_on_the_wire_keeps_its_summary() // case 120
      throws Exception {
    Pid pid = there().spawn(self -> self.receive(String.class));

    Signal.Down down =
        inProcess(
            self -> {
              self.monitor(pid);
              self.exit(pid, new ExitReason.Crashed("untyped", new Object()));
              return next(self, Signal.Down.class);
            });

    assertThat(down.reason())
        .isInstanceOfSatisfying(
            ExitReason.Crashed.class, crash -> assertThat(crash.summary()).isEqualTo("untyped"));
  }

  @Test
  default void an_unlinked_process_lives_on() throws Exception {
    Pid pid = sleeper();

    ExitReason reason =
        inProcess(
            self -> {
              self.link(pid);
              self.unlink(pid);
              var monitor = self.monitor(pid);
              self.exit(pid, new ExitReason.Crashed("alone"));
              Signal.Down down = next(self, Signal.Down.class);
              assertThat(down.ref()).isEqualTo(monitor);
              return down.reason();
            });

    assertThat(reason).isEqualTo(new ExitReason.Crashed("alone"));
  }

  @Test
  default void a_message_comes_before_the_exit_signal_sent_after_it() throws Exception {
    var heard = new CompletableFuture<Object>();
    Pid pid =
        there()
            .spawn(
                self -> {
                  self.trapExits(true);
                  heard.complete(List.of(self.receive(), next(self, Signal.Exit.class).reason()));
                });

    ProcessBody sender =
        self -> {
          self.send(pid, "first");
          self.exit(pid, new ExitReason.Shutdown("second"));
        };
    here().spawn(sender);

    assertThat(heard.get(20, TimeUnit.SECONDS))
        .isEqualTo(List.of("first", new ExitReason.Shutdown("second")));
  }

  @Test
  default void a_reason_of_a_megabyte_arrives_whole() throws Exception { // case 120
    Pid pid = sleeper();
    var large = new ExitReason.Crashed("x".repeat(1 << 20));

    Signal.Down down =
        inProcess(
            self -> {
              self.monitor(pid);
              self.exit(pid, large);
              return next(self, Signal.Down.class);
            });

    assertThat(down.reason()).isEqualTo(large);
  }

  @Test
  default void a_monitor_by_name_speaks_of_the_name() throws Exception {
    var name = new ProcessName("watched");
    Pid pid =
        there()
            .spawn(
                self -> {
                  self.register(name);
                  self.receive(String.class);
                });
    var named = new Named(name, there().node().name());
    await().until(() -> there().whereis(name).isPresent());

    Signal.Down down =
        inProcess(
            self -> {
              self.monitor(named);
              self.send(pid, "enough");
              return next(self, Signal.Down.class);
            });

    assertThat(down.object()).isEqualTo(named);
    assertThat(down.reason()).isEqualTo(ExitReason.normal());
  }

  @Test
  default void an_address_for_one_message_takes_one() throws Exception { // case 116
    List<Object> heard =
        inProcess(
            self -> {
              var alias = self.aliasForOne();
              Pid answerer =
                  there()
                      .spawn(
                          other -> {
                            other.receive(String.class);
                            other.send(alias, "one");
                            other.send(alias, "two");
                            other.send(self.pid(), "end");
                          });
              self.send(answerer, "go");
              return List.of(self.receive(), self.receive());
            });

    assertThat(heard).containsExactly("one", "end");
  }

  @Test
  default void ties_leave_nothing_behind() throws Exception {
    var server = echo();
    server.<String>call(to -> new EchoMessage.Say("hello", to), PATIENCE).orElseThrow();
    server.call(EchoMessage.Keep::new, Duration.ofMillis(20));

    await()
        .untilAsserted(
            () -> {
              assertThat(here().stats().aliases()).isZero();
              assertThat(here().stats().remoteTies()).isZero();
              assertThat(there().stats().remoteTies()).isZero();
            });
  }
}
