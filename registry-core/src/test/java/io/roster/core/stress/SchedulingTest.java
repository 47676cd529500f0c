package io.roster.core.stress;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.core.process.ProcessContext;
import io.roster.core.server.CallFailure;
import io.roster.core.server.CallResult;
import io.roster.core.server.GenServer;
import io.roster.core.server.Init;
import io.roster.core.server.Next;
import io.roster.core.server.ReplyTo;
import io.roster.core.server.ServerRef;
import io.roster.core.support.LocalNode;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Waits that have a limit. */
@Timeout(120)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SchedulingTest {

  @RegisterExtension final LocalNode node = new LocalNode();

  private final long seed = Long.getLong("stress.seed", System.nanoTime());
  private final int rounds = Integer.getInteger("stress.rounds", 100);

  private record Ask(ReplyTo<Boolean> replyTo) {}

  /** Answers at once. */
  private static final class Echo implements GenServer<Boolean, Ask> {
    @Override
    public Init<Boolean> init(ProcessContext self) {
      return Init.ok(true);
    }

    @Override
    public Next<Boolean> handle(Ask ask, Boolean state) {
      ask.replyTo().reply(state);
      return Next.proceed(state);
    }
  }

  private ServerRef<Ask> echo() {
    return node.system().start(new Echo());
  }

  @Test
  void no_wake_up_is_lost_where_many_processes_set_their_first_limit_at_once() {
    for (int round = 0; round < rounds; round++) {
      var done = new AtomicInteger();
      ServerRef<Ask> server = echo();
      for (int i = 0; i < 100; i++) {
        node.system()
            .spawn(
                _ -> {
                  server.call(Ask::new, LocalNode.DEADLINE.multipliedBy(4)).orElseThrow();
                  done.incrementAndGet();
                });
      }

      LocalNode.eventually("all have an answer, round " + round, () -> done.get() == 100);
      int servers = round + 1;
      LocalNode.eventually(
          "the askers are gone", () -> node.system().stats().processes() == servers);
    }
  }

  @Test
  void a_wait_ends_whatever_the_limits_of_earlier_waits() {
    var random = new SplittableRandom(seed);
    node.inProcess(
        self -> {
          for (int i = 0; i < rounds; i++) {
            long micros = random.nextLong(1, 3_000);
            var limit = Duration.ofNanos(micros * 1_000);
            if (random.nextBoolean()) {
              assertThat(self.receive(limit)).as("seed " + seed).isEmpty();
            } else {
              self.send(self.pid(), "soon");
              assertThat(self.receive(LocalNode.DEADLINE)).as("seed " + seed).isPresent();
            }
          }
        });
  }

  @Test
  void a_call_times_out_while_its_server_blocks() {
    var release = new AtomicBoolean();
    GenServer<Boolean, Ask> stuck =
        new GenServer<>() {
          @Override
          public Init<Boolean> init(ProcessContext self) {
            return Init.ok(true);
          }

          @Override
          public Next<Boolean> handle(Ask ask, Boolean state) {
            LocalNode.eventually("released", release::get);
            return Next.proceed(state);
          }
        };
    ServerRef<Ask> server = node.system().start(stuck);
    node.inProcess(
        self -> {
          for (int i = 0; i < 3; i++) {
            CallResult<Boolean> result = server.call(Ask::new, Duration.ofMillis(5));
            assertThat(result)
                .isEqualTo(CallResult.failed(new CallFailure.TimedOut(Duration.ofMillis(5))));
          }
        });
    release.set(true);
  }

  @Test
  void handlers_that_compute_without_pause_do_not_keep_others_from_running() {
    int computing = Runtime.getRuntime().availableProcessors() * 2;
    var release = new AtomicBoolean();
    var begun = new AtomicInteger();
    GenServer<Boolean, Ask> busy =
        new GenServer<>() {
          @Override
          public Init<Boolean> init(ProcessContext self) {
            return Init.ok(true);
          }

          @Override
          public Next<Boolean> handle(Ask ask, Boolean state) {
            begun.incrementAndGet();
            while (!release.get()) {
              Thread.onSpinWait();
            }
            return Next.proceed(state);
          }
        };
    ServerRef<Ask> echo = echo();
    for (int i = 0; i < computing; i++) {
      var asked = node.system().start(busy).ask(Ask::new);
      assertThat(asked).isNotNull();
    }
    try {
      LocalNode.eventually("all compute at once", () -> begun.get() == computing);

      assertThat(echo.call(Ask::new, LocalNode.DEADLINE).orElseThrow()).isTrue();
      node.inProcess(self -> assertThat(self.receive(Duration.ofMillis(1))).isEmpty());
    } finally {
      release.set(true);
    }
  }
}
