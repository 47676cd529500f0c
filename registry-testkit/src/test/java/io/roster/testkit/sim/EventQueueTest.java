package io.roster.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EventQueueTest {

  private record Added(long atNanos, int number) {}

  private final EventQueue queue = new EventQueue();
  private final List<Integer> ran = new ArrayList<>();

  @Test
  void an_empty_queue_has_nothing_next() {
    assertThat(queue.nextAtNanos()).isEqualTo(EventQueue.NEVER);
  }

  @RepeatedTest(20)
  void the_earliest_comes_first_and_of_one_instant_the_one_added_first(RepetitionInfo run) {
    var random = new Random(run.getCurrentRepetition());
    var waiting = new ArrayList<Added>();
    var expected = new ArrayList<Integer>();
    var order = Comparator.comparingLong(Added::atNanos).thenComparingInt(Added::number);
    for (int number = 0; number < 2_000; number++) {
      int event = number;
      var added = new Added(random.nextInt(50), event);
      queue.add(added.atNanos(), () -> ran.add(event));
      waiting.add(added);
      while (!waiting.isEmpty() && random.nextInt(5) < 2) {
        takeOne(waiting, expected, order);
      }
    }
    while (!waiting.isEmpty()) {
      takeOne(waiting, expected, order);
    }

    assertThat(ran).isEqualTo(expected);
    assertThat(queue.nextAtNanos()).isEqualTo(EventQueue.NEVER);
  }

  private void takeOne(List<Added> waiting, List<Integer> expected, Comparator<Added> order) {
    var next = waiting.stream().min(order).orElseThrow();
    waiting.remove(next);
    expected.add(next.number());
    assertThat(queue.nextAtNanos()).isEqualTo(next.atNanos());
    queue.take().run();
  }
}
