package io.roster.core.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.core.support.LocalNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PendingStartTest {

  private static final StartResult<String> IGNORED = new StartResult.Ignored<>();

  @RegisterExtension final LocalNode node = new LocalNode();

  private final PendingStart<String> start = new PendingStart<>(node.system());

  @Test
  void everybody_is_told_once_in_the_order_in_which_they_came() {
    var told = new ArrayList<String>();
    start.whenDone(_ -> told.add("first"));
    start.whenDone(_ -> told.add("second"));
    start.whenDone(_ -> told.add("third"));

    start.complete(IGNORED);
    start.complete(IGNORED);
    start.whenDone(_ -> told.add("late"));

    assertThat(told).containsExactly("first", "second", "third", "late");
  }

  @Test
  void the_first_answer_counts() {
    start.of(node.forever(), StartOptions.DEFAULT);
    assertThat(start.outcome()).isEmpty();

    start.complete(IGNORED);
    start.complete(new StartResult.Started<>(start.pid(), "handle"));

    assertThat(start.outcome()).contains(IGNORED);
    assertThat(start.await()).isEqualTo(IGNORED);
  }

  @Test
  void one_who_is_told_and_throws_keeps_nobody_else_from_it() {
    var told = new ArrayList<String>();
    start.whenDone(
        _ -> {
          throw new IllegalStateException("as told");
        });
    start.whenDone(_ -> told.add("second"));

    start.complete(IGNORED);

    assertThat(told).containsExactly("second");
    assertThat(node.reports()).hasSize(1);
  }

  @Test
  void all_who_wait_are_woken() {
    var waiting = new ArrayList<Thread>();
    var seen = new AtomicReference<>(List.<StartResult<String>>of());
    for (int i = 0; i < 3; i++) {
      waiting.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    StartResult<String> outcome = start.await();
                    seen.updateAndGet(
                        before -> {
                          var more = new ArrayList<>(before);
                          more.add(outcome);
                          return List.copyOf(more);
                        });
                  }));
    }
    LocalNode.eventually(
        "all wait",
        () -> waiting.stream().allMatch(each -> each.getState() == Thread.State.WAITING));

    start.complete(IGNORED);

    LocalNode.eventually("all know", () -> seen.get().size() == 3);
    assertThat(seen.get()).containsOnly(IGNORED);
  }
}
