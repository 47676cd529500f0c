package io.roster.core.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.core.support.LocalNode;
import io.roster.core.support.Probe;
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
    var ran = new Probe<Thread>();
    var interrupted = new Probe<Boolean>();
    workers.run(
        _ -> {
          ran.put(Thread.currentThread());
          Thread.currentThread().interrupt();
        });
    awaitWaiting(ran.next());

    workers.run(_ -> interrupted.put(Thread.currentThread().isInterrupted()));

    assertThat(interrupted.next()).isFalse();
  }
}
