package io.roster.core.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.core.support.LocalNode;
import io.roster.core.support.Probe;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CompanionsTest {

  private final Companions companions = new Companions(Thread.ofVirtual().factory());
  private final Probe<Thread> ran = new Probe<>();

  @AfterEach
  void close() {
    companions.close();
  }

  private void note(Current.Running running) {
    ran.put(Thread.currentThread());
  }

  private static void awaitWaiting(Thread thread) {
    LocalNode.eventually("it waits", () -> thread.getState() == Thread.State.WAITING);
  }

  @Test
  void the_same_thread_serves_the_same_one_each_time() {
    assertThat(companions.run(this::note)).isTrue();
    Thread first = ran.next();
    for (int i = 0; i < 10; i++) {
      awaitWaiting(first);

      assertThat(companions.run(this::note)).isTrue();
      assertThat(ran.next()).isSameAs(first);
    }
  }

  @Test
  void while_it_is_blocked_there_is_none() throws InterruptedException {
    var go = new CountDownLatch(1);
    var work = new Probe<Thread>();
    companions.run(
        _ -> {
          work.put(Thread.currentThread());
          try {
            go.await();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        });
    Thread companion = work.next();

    assertThat(companions.run(this::note)).isFalse();

    go.countDown();
    awaitWaiting(companion);
    assertThat(companions.run(this::note)).isTrue();
    assertThat(ran.next()).isSameAs(companion);
    assertThat(ran.isEmpty()).isTrue();
  }

  @Test
  void an_interrupt_meant_for_the_work_before_does_not_reach_the_next() {
    companions.run(this::note);
    Thread companion = ran.next();
    awaitWaiting(companion);
    companion.interrupt();
    LocalNode.eventually("it is taken up", () -> !companion.isInterrupted());
    awaitWaiting(companion);
    var interrupted = new Probe<Boolean>();

    companions.run(_ -> interrupted.put(Thread.currentThread().isInterrupted()));

    assertThat(interrupted.next()).isFalse();
  }

  @Test
  void closing_ends_those_that_wait_and_those_that_work() {
    var go = new CountDownLatch(1);
    companions.run(this::note);
    Thread waiting = ran.next();
    awaitWaiting(waiting);
    var other = new Companions(Thread.ofVirtual().factory());
    other.run(
        running -> {
          note(running);
          LocalNode.eventually("it may end", () -> go.getCount() == 0);
        });
    Thread working = ran.next();

    companions.close();
    other.close();
    go.countDown();

    LocalNode.eventually("both have ended", () -> !waiting.isAlive() && !working.isAlive());
    assertThat(companions.run(this::note)).isFalse();
  }
}
