package io.roster.core.carrier;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RunQueueTest {

  private static final int TASKS = 2_000_000;

  private record Task(int number) implements Runnable {
    @Override
    public void run() {}
  }

  @Test
  void the_oldest_comes_first_also_where_positions_overflow() {
    var queue = new RunQueue(Integer.MAX_VALUE - 100);
    for (int i = 0; i < 1_000; i++) {
      queue.offer(new Task(2 * i));
      queue.offer(new Task(2 * i + 1));
      assertThat(queue.length()).isEqualTo(2);
      assertThat(queue.poll()).isEqualTo(new Task(2 * i));
      assertThat(queue.poll()).isEqualTo(new Task(2 * i + 1));
      assertThat(queue.poll()).isNull();
      assertThat(queue.isEmpty()).isTrue();
    }
  }

  @Test
  void a_full_queue_takes_no_more_until_one_is_taken() {
    var queue = new RunQueue();
    for (int i = 0; i < RunQueue.CAPACITY; i++) {
      assertThat(queue.offer(new Task(i))).isTrue();
    }

    assertThat(queue.offer(new Task(-1))).isFalse();
    assertThat(queue.poll()).isEqualTo(new Task(0));
    assertThat(queue.offer(new Task(RunQueue.CAPACITY))).isTrue();
    assertThat(queue.poll()).isEqualTo(new Task(1));
  }

  @Test
  void of_two_who_take_at_once_each_task_goes_to_one_and_to_each_in_order() throws Exception {
    var queue = new RunQueue();
    var away = new ConcurrentLinkedQueue<Integer>();
    Thread watch =
        Thread.ofPlatform()
            .start(
                () -> {
                  while (true) {
                    if (queue.poll() instanceof Task(int number)) {
                      away.add(number);
                    }
                    if (Thread.interrupted()) {
                      return;
                    }
                  }
                });
    List<Integer> own = new ArrayList<>();
    for (int i = 0; i < TASKS; i++) {
      while (!queue.offer(new Task(i))) {
        if (queue.poll() instanceof Task(int number)) {
          own.add(number);
        }
      }
      if (i % 3 == 0 && queue.poll() instanceof Task(int number)) {
        own.add(number);
      }
    }
    while (!queue.isEmpty()) {
      Thread.onSpinWait();
    }
    watch.interrupt();
    watch.join();

    assertThat(own).isSorted();
    assertThat(List.copyOf(away)).isSorted();
    assertThat(own.size() + away.size()).isEqualTo(TASKS);
    var seen = new BitSet(TASKS);
    own.forEach(seen::set);
    away.forEach(seen::set);
    assertThat(seen.cardinality()).isEqualTo(TASKS);
  }
}
