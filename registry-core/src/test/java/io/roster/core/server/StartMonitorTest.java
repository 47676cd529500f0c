package io.roster.core.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roster.core.identity.Pid;
import io.roster.core.identity.Ref;
import io.roster.core.process.PlainProcess;
import io.roster.core.process.ProcessContext;
import io.roster.core.process.ProcessContext.MonitoredHandle;
import io.roster.core.process.ProcessSystem;
import io.roster.core.process.StartOptions;
import io.roster.core.process.StartResult;
import io.roster.core.process.Startable;
import io.roster.core.signal.ExitReason;
import io.roster.core.signal.Signal;
import io.roster.core.supervisor.DynamicSupervisor;
import io.roster.core.support.LocalNode;
import io.roster.core.support.Probe;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A start and a monitor in one step. */
@Timeout(60)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StartMonitorTest {

  private static final ExitReason BOOM = new ExitReason.Crashed("boom");

  @RegisterExtension final LocalNode node = new LocalNode();

  private ProcessSystem system() {
    return node.system();
  }

  private static Tape whoseInit(Init<List<Object>> init) {
    return new Tape(_ -> init);
  }

  /** Begins it, and goes on when it has ended. */
  private static <H> Startable<H> ended(Startable<H> startable) {
    return (system, options) -> {
      var pending = startable.begin(system, options);
      LocalNode.eventually("it has ended", () -> !system.isAlive(pending.pid()));
      return pending;
    };
  }

  private void leavesNothing(
      ProcessContext self, Startable<?> startable, StartOptions options, Class<?> outcome) {
    int running = system().processes().size();

    assertThat(self.startMonitor(startable, options)).isInstanceOf(outcome);

    LocalNode.eventually("it is gone", () -> system().stats().processes() == running);
    assertThat(self.receive(Duration.ZERO)).as(outcome.getSimpleName()).isEmpty();
    assertThat(system().info(self.pid()).orElseThrow().monitors()).isZero();
  }

  @Test
  void the_end_of_a_server_that_ended_before_its_start_returned_is_told_with_its_reason() {
    var stops =
        Init.ok(List.<Object>of())
            .thenContinue(new Tape.Do<>(_ -> Next.stop(BOOM, List.of()), nobody()));
    node.inProcess(
        self -> {
          var started =
              (StartResult.Started<MonitoredHandle<ServerRef<Tape.Message>>>)
                  self.startMonitor(ended(whoseInit(stops)), StartOptions.DEFAULT);

          Ref monitor = started.handle().monitor();
          assertThat(self.receive()).isEqualTo(new Signal.Down(monitor, started.pid(), BOOM));
          assertThat(self.receive(Duration.ZERO)).isEmpty();
        });
  }

  private ReplyTo<Object> nobody() {
    return ReplyTo.of(system(), system().request());
  }

  @Test
  void a_start_that_fails_leaves_no_monitor_and_no_message() {
    node.inProcess(
        self -> {
          StartOptions options = StartOptions.DEFAULT;
          leavesNothing(self, whoseInit(Init.ignore()), options, StartResult.Ignored.class);
          leavesNothing(self, whoseInit(Init.fail(BOOM)), options, StartResult.Failed.class);
          leavesNothing(self, whoseInit(Init.stop(BOOM)), options, StartResult.Failed.class);
          Tape throwing =
              new Tape(
                  _ -> {
                    throw new IllegalStateException("oops");
                  });
          leavesNothing(self, throwing, options, StartResult.Failed.class);
          Tape late =
              new Tape(
                  own -> {
                    own.system().awaitExit(self.pid(), LocalNode.DEADLINE);
                    return Init.ignore();
                  });
          leavesNothing(
              self,
              late,
              options.withInitTimeout(Duration.ofMillis(1)),
              StartResult.TimedOut.class);
        });
  }

  @Test
  void a_start_that_finds_its_name_taken_leaves_no_monitor_and_no_message() {
    var options = StartOptions.named("tape");
    var _ = system().start(new Tape(), options);
    node.inProcess(
        self -> {
          leavesNothing(self, new Tape(), options, StartResult.AlreadyStarted.class);
          var plain = PlainProcess.of(ProcessContext::receive);
          leavesNothing(self, plain, options, StartResult.AlreadyStarted.class);
        });
  }

  @Test
  void a_start_that_throws_leaves_no_monitor() {
    node.inProcess(
        self -> {
          Startable<?> throwing =
              (system, options) -> {
                var _ = new Tape().begin(system, options);
                throw new IllegalStateException("as told");
              };

          assertThatThrownBy(() -> self.startMonitor(throwing, StartOptions.DEFAULT))
              .hasMessage("as told");

          assertThat(system().info(self.pid()).orElseThrow().monitors()).isZero();
        });
  }

  @Test
  void whatever_can_be_started_can_be_monitored() {
    node.inProcess(
        self -> {
          for (Startable<?> each :
              List.of(
                  Agent.of(() -> 0),
                  DynamicSupervisor.create(),
                  PlainProcess.of(ProcessContext::receive))) {
            var started =
                (StartResult.Started<? extends MonitoredHandle<?>>)
                    self.startMonitor(each, StartOptions.DEFAULT);

            self.exit(started.pid(), ExitReason.killed());

            Ref monitor = started.handle().monitor();
            assertThat(self.receive())
                .isEqualTo(new Signal.Down(monitor, started.pid(), ExitReason.killed()));
          }
        });
  }

  @Test
  void a_server_starts_and_monitors_as_well() {
    var tape = new Tape();
    ServerRef<Tape.Message> server = system().start(tape);
    var children = new Probe<Pid>();
    server.cast(
        new Tape.Do<>(
            _ -> {
              ProcessContext self = system().current().orElseThrow();
              var _ = self.startMonitor(whoseInit(Init.stop(BOOM)), StartOptions.DEFAULT);
              children.put(
                  self.startMonitor(new Tape(), StartOptions.DEFAULT)
                      .orElseThrow()
                      .handle()
                      .pid()
                      .orElseThrow());
              return Next.proceed(List.of());
            },
            nobody()));
    Pid child = children.next();

    system().exit(child, ExitReason.killed());

    assertThat(tape.signals().next())
        .isInstanceOfSatisfying(
            ServerSignal.Down.class,
            down -> assertThat(down.reason()).isEqualTo(ExitReason.killed()));
  }

  @Test
  void nobody_else_starts_and_monitors_for_a_process() {
    var contexts = new Probe<ProcessContext>();
    system()
        .spawn(
            self -> {
              contexts.put(self);
              self.receive();
            });
    ProcessContext other = contexts.next();

    assertThatThrownBy(() -> other.startMonitor(new Tape(), StartOptions.DEFAULT))
        .isInstanceOf(IllegalStateException.class);
    assertThat(system().processes()).containsExactly(other.pid());
  }
}
