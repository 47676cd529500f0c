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
import java.util.concurrent.atomic.AtomicReference;
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

    @Override
    public Init<String> init(ProcessContext self) {
      begun.compareAndSet(null, self.pid());
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
        () -> result.set(supervisor.startChild(ChildSpec.worker("child", Child::new))),
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
