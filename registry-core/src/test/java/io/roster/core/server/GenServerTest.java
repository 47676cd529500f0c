package io.roster.core.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roster.core.identity.Pid;
import io.roster.core.identity.ProcessName;
import io.roster.core.process.ProcessContext;
import io.roster.core.process.RunsOn;
import io.roster.core.process.StartOptions;
import io.roster.core.process.StartResult;
import io.roster.core.signal.ExitReason;
import io.roster.core.signal.Signal;
import io.roster.core.support.LocalNode;
import io.roster.core.support.Probe;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class GenServerTest {

  private static final Duration LONG = LocalNode.DEADLINE;
  private static final ExitReason BOOM = new ExitReason.Crashed("boom");
  private static final ProcessName NAME = new ProcessName("tape");
  private static final StartOptions NAMED = StartOptions.named("tape");

  @RegisterExtension final LocalNode node = new LocalNode();

  @Test
  void a_server_answers_calls_in_the_order_of_what_it_was_sent() {
    ServerRef<Counter.Message> counter = node.system().start(new Counter());

    counter.cast(new Counter.Add(2));
    long two = counter.call(Counter.Get::new, Duration.ofSeconds(5)).orElseThrow();

    assertThat(two).isEqualTo(2);
  }

  @Nested
  @DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
  class Starting { // case 109

    private StartResult<ServerRef<Tape.Message>> start(Init<List<Object>> init) {
      return node.system().tryStart(new Tape(_ -> init), NAMED);
    }

    @Test
    void the_name_is_taken_before_init_runs() {
      var seen = new Probe<Boolean>();

      node.system()
          .start(
              new Tape(
                  self -> {
                    seen.put(node.system().whereis(NAME).filter(self.pid()::equals).isPresent());
                    return Init.ok(List.of());
                  }),
              NAMED);

      assertThat(seen.next()).isTrue();
    }

    @Test
    void an_init_that_ignores_frees_the_name() {
      assertThat(start(Init.ignore())).isEqualTo(new StartResult.Ignored<>());
      assertThat(node.system().whereis(NAME)).isEmpty();
    }

    @Test
    void an_init_that_stops_frees_the_name_and_tells_why() {
      assertThat(start(Init.stop(BOOM))).isEqualTo(new StartResult.Failed<>(BOOM));
      assertThat(node.system().whereis(NAME)).isEmpty();
    }

    @Test
    void an_init_that_fails_tells_its_starter_and_ends_nobody() {
      node.inProcess(
          self -> {
            var result =
                node.system()
                    .tryStart(
                        new Tape(_ -> Init.fail(BOOM)), StartOptions.named("tape").withLink());

            assertThat(result).isEqualTo(new StartResult.Failed<>(BOOM));
            assertThat(node.system().whereis(new ProcessName("tape"))).isEmpty();
            assertThat(node.system().isAlive(self.pid())).isTrue();
          });
      assertThat(node.reports()).isEmpty();
    }

    @Test
    void an_init_that_throws_frees_the_name_and_tells_why() {
      var result =
          node.system()
              .tryStart(
                  new Tape(
                      _ -> {
                        throw new IllegalStateException("no");
                      }),
                  NAMED);

      assertThat(result)
          .isEqualTo(
              new StartResult.Failed<>(
                  new ExitReason.Crashed("java.lang.IllegalStateException: no")));
      assertThat(node.system().whereis(NAME)).isEmpty();
    }

    @Test
    void an_init_that_takes_too_long_is_killed_and_frees_the_name() {
      var allowed = Duration.ofMillis(20);
      var never = new Probe<Boolean>();

      var result =
          node.system()
              .tryStart(
                  new Tape(
                      _ -> {
                        never.next();
                        return Init.ok(List.of());
                      }),
                  NAMED.withInitTimeout(allowed));

      assertThat(result).isEqualTo(new StartResult.TimedOut<>(allowed));
      assertThat(node.system().whereis(NAME)).isEmpty();
      assertThat(node.system().processes()).isEmpty();
    }

    @Test
    void a_taken_name_is_refused_with_its_holder() {
      Pid first = node.system().start(new Tape(), NAMED).pid().orElseThrow();

      assertThat(start(Init.ok(List.of()))).isEqualTo(new StartResult.AlreadyStarted<>(first));
      assertThat(node.system().processes()).containsExactly(first);
    }

    @Test
    void a_malformed_name_is_refused_before_anything_starts() {
      assertThatThrownBy(() -> StartOptions.named(""))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("expected a name of 1 to 255 bytes of UTF-8, got 0 bytes");
      assertThatThrownBy(() -> StartOptions.named("a\u0000b"))
          .hasMessageContaining("without control characters");
    }

    @Test
    void a_failed_start_ends_its_linked_starter_by_the_same_reason() {
      var starter = new Probe<Pid>();
      Pid pid =
          node.system()
              .spawn(
                  self -> {
                    starter.put(self.pid());
                    self.receive();
                    node.system()
                        .tryStart(new Tape(_ -> Init.stop(BOOM)), StartOptions.DEFAULT.withLink());
                    self.receive();
                  });
      var watch = node.system().watchExit(starter.next());
      node.system().send(pid, "go");

      assertThat(watch.await(LONG)).contains(BOOM);
    }

    @Test
    void a_link_outside_any_process_is_refused() {
      assertThatThrownBy(() -> node.system().start(new Tape(), StartOptions.DEFAULT.withLink()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("expected a start with a link inside a process");
    }

    @Test
    void what_init_continues_with_comes_before_any_message() {
      var self = new Probe<Pid>();
      ServerRef<Tape.Message> server =
          node.system()
              .start(
                  new Tape(
                      context -> {
                        context.send(context.pid(), new Tape.Note("message"));
                        self.put(context.pid());
                        return Init.ok(List.<Object>of()).thenContinue(new Tape.Note("continued"));
                      }));

      assertThat(server.call(Tape.Read::new, LONG).orElseThrow())
          .isEqualTo(List.of("continued", "message"));
    }
  }

  @Nested
  @DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
  class Signals {

    @Test
    void an_idle_server_is_told_so_once() {
      var tape = new Tape();
      ServerRef<Tape.Message> server = node.system().start(tape);

      server.call(reply -> new Tape.ReadSoon(Duration.ofMillis(5), reply), LONG);

      assertThat(tape.signals().next()).isEqualTo(new ServerSignal.IdleTimeout());
    }

    @Test
    void a_message_in_time_cancels_the_idle_timeout() {
      var tape = new Tape();
      ServerRef<Tape.Message> server = node.system().start(tape);

      server.call(reply -> new Tape.ReadSoon(Duration.ofHours(1), reply), LONG);
      server.call(Tape.Read::new, LONG);
      server.call(reply -> new Tape.ReadSoon(Duration.ZERO, reply), LONG);

      assertThat(tape.signals().next()).isEqualTo(new ServerSignal.IdleTimeout());
      server.call(Tape.Read::new, LONG);
      assertThat(tape.signals().isEmpty()).isTrue();
    }

    @Test
    void a_server_hears_of_what_it_monitors() {
      var tape =
          new Tape(
              self -> {
                self.monitor(self.spawn(_ -> {}));
                return Init.ok(List.of());
              });

      node.system().start(tape);

      assertThat(tape.signals().next()).isInstanceOf(ServerSignal.Down.class);
    }

    @Test
    void a_server_that_traps_hears_of_who_is_linked() {
      var tape =
          new Tape(
              self -> {
                self.trapExits(true);
                self.spawnLink(own -> own.exit(BOOM));
                return Init.ok(List.of());
              });

      node.system().start(tape);

      assertThat(tape.signals().next())
          .isInstanceOfSatisfying(
              ServerSignal.Exit.class, exit -> assertThat(exit.reason()).isEqualTo(BOOM));
    }
  }

  @Nested
  @DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
  class Ending {

    private Tape trapping() {
      return new Tape(
          self -> {
            self.trapExits(true);
            return Init.ok(List.of());
          });
    }

    @Test
    void a_stop_handles_what_came_before_and_runs_terminate() {
      var tape = new Tape();
      ServerRef<Tape.Message> server = node.system().start(tape, NAMED);
      server.cast(new Tape.Note(1));

      assertThat(server.stop(BOOM, LONG)).contains(BOOM);

      assertThat(tape.signals().next()).isEqualTo(BOOM);
      assertThat(node.system().whereis(NAME)).isEmpty();
    }

    @Test
    void stopping_a_dead_server_says_so() {
      ServerRef<Tape.Message> server = node.system().start(new Tape());
      server.stop(ExitReason.normal(), LONG);

      assertThat(server.stop(ExitReason.normal(), LONG)).contains(ExitReason.noProcess());
    }

    @Test
    void an_untrapped_exit_signal_does_not_run_terminate() {
      var tape = new Tape();
      ServerRef<Tape.Message> server = node.system().start(tape);

      node.system().exit(server.pid().orElseThrow(), ExitReason.shutdown());

      assertThat(node.system().isAlive(server.pid().orElseThrow())).isFalse();
      assertThat(tape.signals().isEmpty()).isTrue();
    }

    @Test
    void the_exit_of_a_parent_runs_terminate_where_it_is_trapped() {
      var tape = trapping();
      var started = new Probe<Pid>();
      Pid parent =
          node.system()
              .spawn(
                  self -> {
                    started.put(
                        node.system()
                            .start(tape, StartOptions.DEFAULT.withLink())
                            .pid()
                            .orElseThrow());
                    self.receive();
                    self.exit(BOOM);
                  });
      var watch = node.system().watchExit(started.next());

      node.system().send(parent, "go");

      assertThat(watch.await(LONG)).contains(BOOM);
      assertThat(tape.signals().next()).isEqualTo(BOOM);
    }

    @Test
    void a_stop_from_inside_runs_terminate_and_answers_first() {
      var tape = new Tape();
      ServerRef<Tape.Message> server = node.system().start(tape);

      CallResult<String> result =
          server.call(
              replyTo ->
                  new Tape.Do<String>(
                      reply -> {
                        reply.reply("bye");
                        return Next.stop(ExitReason.normal(), List.of());
                      },
                      replyTo),
              LONG);

      assertThat(result.orElseThrow()).isEqualTo("bye");
      assertThat(tape.signals().next()).isEqualTo(ExitReason.normal());
    }

    @Test
    void a_terminate_that_throws_becomes_the_reason() {
      ServerRef<String> server = node.system().start(new BadEnd());

      assertThat(server.stop(ExitReason.normal(), LONG))
          .contains(new ExitReason.Crashed("java.lang.IllegalStateException: bad end"));
    }
  }

  private static final class BadEnd implements GenServer<String, String> {

    @Override
    public Init<String> init(ProcessContext self) {
      return Init.ok("");
    }

    @Override
    public Next<String> handle(String message, String state) {
      return Next.proceed(message);
    }

    @Override
    public void terminate(ExitReason reason, String state) {
      throw new IllegalStateException("bad end");
    }
  }

  @Test
  void a_server_may_run_on_platform_threads() {
    var virtual = new Probe<Boolean>();
    ServerRef<Tape.Message> server =
        node.system().start(new Tape(), StartOptions.DEFAULT.withRunsOn(RunsOn.PLATFORM));

    server.call(
        replyTo ->
            new Tape.Do<>(
                reply -> {
                  virtual.put(Thread.currentThread().isVirtual());
                  reply.reply(true);
                  return Next.proceed(List.of());
                },
                replyTo),
        LONG);

    assertThat(virtual.next()).isFalse();
  }

  @Test
  void an_agent_keeps_a_value() {
    Agent.Handle<Integer> agent = node.system().start(Agent.of(() -> 1));

    agent.cast(value -> value + 1);
    int three = agent.update(value -> value + 1, LONG).orElseThrow();

    assertThat(three).isEqualTo(3);
    assertThat(agent.get(value -> "value " + value, LONG).orElseThrow()).isEqualTo("value 3");
  }

  @Test
  void a_plain_process_can_answer_a_call() {
    Pid echo =
        node.system()
            .spawn(
                self -> {
                  var asked = self.receive(Tape.Keep.class);
                  asked.replyTo().reply("plain");
                });

    assertThat(ServerRef.<Tape.Message>of(node.system(), echo).call(Tape.Keep::new, LONG))
        .isEqualTo(new CallResult.Replied<>("plain"));
  }

  @Test
  void a_reply_handle_made_again_from_its_alias_reaches_the_caller() {
    node.inProcess(
        self -> {
          var alias = self.alias();

          ReplyTo.<String>of(node.system(), alias).reply("over the wire");

          assertThat(self.receive()).isEqualTo("over the wire");
          assertThat(self.receive(Signal.class, Duration.ZERO)).isEmpty();
        });
  }
}
