package io.roster.core.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.core.identity.Pid;
import io.roster.core.support.LocalNode;
import io.roster.core.support.Probe;
import java.util.HashSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WorkersTest {

  private final Workers workers = new Workers(Thread.ofVirtual().name("worker@a").factory());

  @AfterEach
  void close() {
    workers.close();
  }

  private static void awaitWaiting(Thread thread) {
    LocalNode.eventually(
        "it waits", () -> !thread.isInterrupted() && thread.getState() == Thread.State.WAITING);
  }

  @Test
  void a_stray_interrupt_neither_keeps_a_thread_from_waiting_nor_reaches_the_next_work() {
    var ran = new Probe<Thread>();
    var interrupted = new Probe<Boolean>();
    workers.run(_ -> ran.put(Thread.currentThread()));
    Thread thread = ran.next();
    awaitWaiting(thread);

    thread.interrupt();
    awaitWaiting(thread);
    workers.run(
        _ -> {
          ran.put(Thread.currentThread());
          interrupted.put(Thread.currentThread().isInterrupted());
        });

    assertThat(ran.next()).isSameAs(thread);
    assertThat(interrupted.next()).isFalse();
  }

  @Test
  void work_that_leaves_its_thread_interrupted_leaves_nothing_to_the_next() {
    var others = new CountDownLatch(1);
    var threads = new AtomicInteger();
    var ran = new Probe<Thread>();
    var interrupted = new Probe<Boolean>();
    var factory = Thread.ofVirtual().factory();
    // The first thread does both pieces without a wait in between: no other comes in time.
    try (var alone =
        new Workers(
            work ->
                threads.incrementAndGet() == 1
                    ? factory.newThread(work)
                    : factory.newThread(
                        () -> {
                          awaitOpen(others);
                          work.run();
                        }))) {
      alone.run(
          _ -> {
            ran.put(Thread.currentThread());
            alone.run(
                _ -> {
                  ran.put(Thread.currentThread());
                  interrupted.put(Thread.currentThread().isInterrupted());
                });
            Thread.currentThread().interrupt();
          });

      assertThat(ran.next()).isSameAs(ran.next());
      assertThat(interrupted.next()).isFalse();
      others.countDown();
    }
  }

  @Test
  void one_thread_comes_for_much_work_and_another_for_what_it_leaves_behind() {
    var gate = new CountDownLatch(1);
    var threads = new AtomicInteger();
    var opened = new CountDownLatch(1);
    var ran = new Probe<Boolean>();
    var late = Thread.ofVirtual().factory();
    try (var gated =
        new Workers(
            work -> {
              threads.incrementAndGet();
              return late.newThread(
                  () -> {
                    awaitOpen(gate);
                    work.run();
                  });
            })) {
      gated.run(
          _ -> {
            awaitOpen(opened);
            ran.put(true);
          });
      gated.run(_ -> opened.countDown());
      assertThat(threads).hasValue(1);

      gate.countDown();

      assertThat(ran.next()).isTrue();
      assertThat(threads).hasValue(2);
    }
  }

  @Test
  void work_goes_on_behind_work_that_blocks() {
    var ran = new Probe<Integer>();
    int pairs = 10_000;
    for (int i = 0; i < pairs; i++) {
      int number = i;
      var opened = new CountDownLatch(1);
      workers.run(
          _ -> {
            awaitOpen(opened);
            ran.put(number);
          });
      workers.run(_ -> opened.countDown());
    }

    var seen = new HashSet<Integer>();
    for (int i = 0; i < pairs; i++) {
      seen.add(ran.next());
    }
    assertThat(seen).hasSize(pairs);
  }

  @Test
  void work_that_is_given_by_work_that_then_blocks_is_done() {
    var ran = new Probe<Boolean>();
    for (int i = 0; i < 10_000; i++) {
      workers.run(
          _ -> {
            var opened = new CountDownLatch(1);
            workers.run(_ -> opened.countDown());
            awaitOpen(opened);
            ran.put(true);
          });
      // One after the other: behind more work somebody would come for that.
      ran.next();
    }
  }

  @Test
  void work_is_done_by_threads_that_see_whose_it_is() {
    try (var system = ProcessSystem.local("a")) {
      var seen = new Probe<Pid>();
      for (int i = 0; i < 1_000; i++) {
        Pid pid = system.spawn(_ -> seen.put(system.self()));

        assertThat(seen.next()).isEqualTo(pid);
      }
    }
  }

  private static void awaitOpen(CountDownLatch opened) {
    try {
      opened.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException("expected nobody to interrupt", e);
    }
  }
}
