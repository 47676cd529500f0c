package io.roster.core.carrier;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.core.support.LocalNode;
import io.roster.core.support.Probe;
import java.util.HashSet;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@SuppressWarnings("ThreadPriorityCheck") // to give way is what is tested
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CarriersTest {

  /** Ends what computes or talks for as long as a test runs. */
  private final AtomicBoolean over = new AtomicBoolean();

  @AfterEach
  void end() {
    over.set(true);
  }

  private static Thread start(Carriers carriers, Runnable code) {
    try {
      return VirtualThreads.builder(carriers).start(code);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("expected virtual threads to take a scheduler", e);
    }
  }

  /** Starts a thread that starts another, which runs {@code code}, and computes. */
  private void startBehindOneThatComputes(Carriers carriers, Runnable code) {
    start(
        carriers,
        () -> {
          start(carriers, code);
          compute();
        });
  }

  private void compute() {
    while (!over.get()) {
      Thread.onSpinWait();
    }
  }

  @Test
  void processes_run_on_them_where_the_jdk_lets_them() {
    assertThat(Carriers.arePresent())
        .isEqualTo(!"jdk".equals(System.getProperty("roster.carriers")));
  }

  @Test
  void a_thread_that_is_woken_runs_where_the_one_that_woke_it_runs() {
    var carriers = new Carriers(4);
    var ran = new Probe<Thread>();
    start(
        carriers,
        () -> {
          for (int i = 0; i < 100; i++) {
            start(carriers, () -> ran.put(VirtualThreads.currentCarrier()));
            Thread.yield();
          }
          ran.put(VirtualThreads.currentCarrier());
        });

    assertThat(new HashSet<>(ran.next(101))).hasSize(1);
  }

  @Test
  void more_threads_than_a_carrier_has_room_for_all_run() {
    var carriers = new Carriers(1);
    var ran = new CountDownLatch(5_000);
    start(
        carriers,
        () -> {
          for (int i = 0; i < 5_000; i++) {
            start(carriers, ran::countDown);
          }
        });

    LocalNode.eventually("all have run", () -> ran.getCount() == 0);
  }

  @Test
  void threads_that_wake_each_other_without_end_do_not_keep_out_who_comes_from_outside() {
    var carriers = new Carriers(1);
    var ran = new Probe<String>();
    for (int i = 0; i < 3; i++) {
      start(
          carriers,
          () -> {
            while (!over.get()) {
              Thread.yield();
            }
          });
    }
    start(carriers, () -> ran.put("came"));

    assertThat(ran.next()).isEqualTo("came");
  }

  @Test
  void whoever_does_step_after_step_gives_way_to_who_waits_for_the_same_carrier() {
    var carriers = new Carriers(1);
    var ran = new Probe<String>();
    start(
        carriers,
        () -> {
          start(carriers, () -> ran.put("had its turn"));
          while (!over.get()) {
            Carriers.step();
          }
        });

    assertThat(ran.next()).isEqualTo("had its turn");
  }

  @Test
  void work_behind_code_that_computes_goes_to_an_idle_carrier() {
    var carriers = watched(2);
    var ran = new Probe<String>();
    startBehindOneThatComputes(carriers, () -> ran.put("moved"));

    assertThat(ran.next()).isEqualTo("moved");
  }

  @Test
  void there_are_more_carriers_while_all_are_held_and_as_many_as_before_afterwards() {
    var carriers = watched(2);
    var ran = new Probe<String>();
    var _ = start(carriers, this::compute);
    var _ = start(carriers, this::compute);
    start(carriers, () -> ran.put("ran"));

    assertThat(ran.next()).isEqualTo("ran");
    assertThat(carriers.carriers()).hasSizeGreaterThan(2);

    over.set(true);
    LocalNode.eventually("the others have gone", () -> carriers.carriers().size() == 2);
    start(carriers, () -> ran.put("still runs"));
    assertThat(ran.next()).isEqualTo("still runs");
  }

  @Test
  void the_watch_sleeps_when_nothing_runs_and_wakes_when_something_does() {
    var carriers = watched(2);
    var ran = new Probe<String>();
    for (int i = 0; i < 3; i++) {
      LocalNode.eventually("it sleeps", carriers::isAsleep);
      over.set(false);
      startBehindOneThatComputes(carriers, () -> ran.put("moved"));
      assertThat(ran.next()).isEqualTo("moved");
      over.set(true);
    }
  }

  @Test
  void a_task_that_throws_costs_no_carrier() {
    var carriers = new Carriers(1);
    var told = new Probe<Throwable>();
    var ran = new Probe<String>();
    carriers.carriers().getFirst().setUncaughtExceptionHandler((_, thrown) -> told.put(thrown));
    carriers.executeAnywhere(
        () -> {
          throw new IllegalStateException("broken");
        });
    start(carriers, () -> ran.put("goes on"));

    assertThat(told.next()).hasMessage("broken");
    assertThat(ran.next()).isEqualTo("goes on");
  }

  @Test
  void no_wake_up_is_lost_between_who_gives_work_and_who_goes_to_sleep() throws Exception {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    var carriers = new Carriers(2);
    for (int round = 0; round < 3_000; round++) {
      int threads = 1 + random.nextInt(4);
      var ran = new CountDownLatch(threads);
      var last = new AtomicInteger(threads);
      for (int i = 0; i < threads; i++) {
        Thread waiting =
            start(
                carriers,
                () -> {
                  LockSupport.park();
                  last.decrementAndGet();
                  ran.countDown();
                });
        for (int pause = random.nextInt(200); pause > 0; pause--) {
          Thread.onSpinWait();
        }
        LockSupport.unpark(waiting);
      }
      assertThat(ran.await(20, TimeUnit.SECONDS))
          .as("round %s of seed %s, left: %s", round, seed, last)
          .isTrue();
    }
  }

  private static Carriers watched(int least) {
    var carriers = new Carriers(least);
    carriers.startWatch();
    return carriers;
  }
}
