package io.roster.core.stress;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.core.identity.Pid;
import io.roster.core.process.ProcessContext;
import io.roster.core.server.GenServer;
import io.roster.core.server.Init;
import io.roster.core.server.Next;
import io.roster.core.signal.ExitReason;
import io.roster.core.supervisor.ChildInfo;
import io.roster.core.supervisor.ChildResult;
import io.roster.core.supervisor.ChildSpec;
import io.roster.core.supervisor.DynamicSupervisor;
import io.roster.core.supervisor.DynamicSupervisorRef;
import io.roster.core.supervisor.RestartLimit;
import io.roster.core.support.LocalNode;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A child that ends, or is ended, at the moment at which its start succeeds. */
@Timeout(120)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StartRacesTest {

  @RegisterExtension final LocalNode node = new LocalNode();

  private final Race race = new Race();
  private final AtomicReference<@Nullable Pid> begun = new AtomicReference<>();
  private DynamicSupervisorRef supervisor = started();

  private DynamicSupervisorRef started() {
    return node.system()
        .start(
            DynamicSupervisor.create()
                .withLimit(RestartLimit.of(1_000_000, Duration.ofSeconds(1))));
  }

  @BeforeEach
  void begin() {
    supervisor = started();
  }

  /** Tells who it is as soon as it runs. */
  private final class Child implements GenServer<String, Object> {

    private final BooleanSupplier initMayEnd;

    private Child(BooleanSupplier initMayEnd) {
      this.initMayEnd = initMayEnd;
    }

    @Override
    public Init<String> init(ProcessContext self) {
      begun.compareAndSet(null, self.pid());
      spinUntil(initMayEnd);
      return Init.ok("runs");
    }

    @Override
    public Next<String> handle(Object message, String state) {
      return Next.proceed(state);
    }
  }

  /** Starts a child while {@code other} does something to its first process. */
  private ChildResult startAgainst(Consumer<Pid> other) {
    var result = new AtomicReference<ChildResult>();
    begun.set(null);
    race.run(
        () ->
            result.set(
                supervisor.startChild(ChildSpec.worker("child", () -> new Child(() -> true)))),
        () -> {
          Pid pid = begun.get();
          while (pid == null) {
            Thread.onSpinWait();
            pid = begun.get();
          }
          other.accept(pid);
        });
    return result.get();
  }

  @Test
  void a_child_that_is_killed_is_restarted_unless_its_start_failed() {
    for (int i = 0; i < race.rounds(); i++) {
      ChildResult result = startAgainst(pid -> node.system().exit(pid, ExitReason.killed()));

      if (result instanceof ChildResult.Failed) {
        assertThat(supervisor.counts().specs()).as("%s", race).isZero();
        continue;
      }
      assertThat(result).as("%s", race).isInstanceOf(ChildResult.Started.class);
      LocalNode.eventually("it is restarted, " + race, this::isRunning);
      supervisor.terminateChild(supervisor.children().getFirst().pid().orElseThrow());
    }
  }

  /**
   * The one order that chance never brings about: the supervisor hears of the end while the start
   * is still open, then the start succeeds, and only then does the end come to answer it. The seed
   * says who looks at the children meanwhile.
   */
  @Test
  void a_child_whose_end_is_heard_of_before_its_start_is_restarted() {
    for (int i = 0; i < race.rounds(); i++) {
      begun.set(null);
      var initMayEnd = new AtomicBoolean();
      var endIsHeld = new AtomicBoolean();
      var endMayGoOn = new AtomicBoolean();
      var result = new AtomicReference<@Nullable ChildResult>();
      var spec = ChildSpec.worker("child", () -> new Child(initMayEnd::get));
      racer(() -> result.set(supervisor.startChild(spec)));
      LocalNode.eventually("its init runs, " + race, () -> begun.get() != null);
      Pid first = Objects.requireNonNull(begun.get());
      // Links fire before watches, and watches before the start is answered.
      node.system()
          .whenExited(
              first,
              _ -> {
                endIsHeld.set(true);
                spinUntil(endMayGoOn::get);
              });
      racer(() -> node.system().exit(first, ExitReason.killed()));
      LocalNode.eventually("its links have fired, " + race, endIsHeld::get);
      // Whoever asks the supervisor now is answered after it has heard of the end.
      assertThat(supervisor.counts().specs()).as("%s", race).isEqualTo(1);

      initMayEnd.set(true);
      LocalNode.eventually("it has started, " + race, () -> result.get() != null);
      if (race.random().nextBoolean()) {
        assertThat(supervisor.children()).as("%s", race).hasSize(1);
      }
      endMayGoOn.set(true);

      assertThat(result.get()).as("%s", race).isEqualTo(new ChildResult.Started(first));
      LocalNode.eventually("it is restarted, " + race, this::isRunning);
      supervisor.terminateChild(supervisor.children().getFirst().pid().orElseThrow());
    }
  }

  private static void racer(Runnable action) {
    Thread.ofPlatform().daemon(true).name("racer@a").start(action);
  }

  private static void spinUntil(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      Thread.onSpinWait();
    }
  }

  private boolean isRunning() {
    ChildInfo child = supervisor.children().getFirst();
    return child.status() == ChildInfo.Status.RUNNING
        && child.pid().filter(node.system()::isAlive).isPresent();
  }

  @Test
  void a_child_that_is_terminated_is_gone() {
    for (int i = 0; i < race.rounds(); i++) {
      var terminated = new AtomicReference<ChildResult>();

      ChildResult result = startAgainst(pid -> terminated.set(supervisor.terminateChild(pid)));

      assertThat(result)
          .as("%s", race)
          .isInstanceOfAny(ChildResult.Started.class, ChildResult.Failed.class);
      assertThat(terminated.get()).as("%s", race).isEqualTo(new ChildResult.Done());
      assertThat(supervisor.counts().specs()).as("%s", race).isZero();
    }
  }
}
