package io.roster.core.carrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roster.core.support.LocalNode;
import io.roster.core.time.Timers;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CarrierWatchTest {

  private final Fake carriers = new Fake();
  private final Deque<Runnable> armed = new ArrayDeque<>();
  private final List<Timers> made = new ArrayList<>();
  private long nanos;
  private final CarrierWatch watch = new CarrierWatch(carriers, () -> nanos, this::timers);

  /** JdkCarriers that do nothing until the test lets them. */
  private static final class Fake implements JdkCarriers {

    private int number = 2;
    private boolean left;
    private boolean refuses;
    private final Deque<Runnable> started = new ArrayDeque<>();

    @Override
    public int number() {
      return number;
    }

    @Override
    public void setNumber(int number) {
      this.number = number;
    }

    @Override
    public boolean areLeft() {
      return left;
    }

    @Override
    public void start(Runnable code) {
      if (refuses) {
        throw new IllegalStateException("no thread to be had");
      }
      started.add(code);
    }
  }

  private Timers timers() {
    Timers timers =
        (_, action) -> {
          armed.add(action);
          return () -> armed.remove(action);
        };
    made.add(timers);
    return timers;
  }

  private void looks(int times) {
    for (int i = 0; i < times; i++) {
      nanos += CarrierRule.LOOKS_EVERY.toNanos();
      armed.remove().run();
    }
  }

  private void runWhatWasStarted() {
    carriers.started.forEach(Runnable::run);
    carriers.started.clear();
  }

  @Test
  void several_systems_share_one_watch_from_the_first_to_the_last() {
    var first = watch.share();
    var second = watch.share();
    assertThat(made).hasSize(1);
    assertThat(armed).hasSize(1);

    first.close();
    first.close();
    looks(2);
    assertThat(carriers.number).isEqualTo(4);

    second.close();
    assertThat(carriers.number).isEqualTo(2);
    looks(1);
    assertThat(armed).isEmpty();
    assertThat(carriers.number).isEqualTo(2);
  }

  @Test
  void a_watch_that_has_ended_begins_again() {
    watch.share().close();
    looks(1);

    var _ = watch.share();
    looks(2);

    assertThat(made).hasSize(2);
    assertThat(carriers.number).isEqualTo(4);
  }

  @Test
  void a_number_that_others_have_set_is_not_taken_back() {
    var share = watch.share();
    looks(2);
    carriers.setNumber(7);

    share.close();

    assertThat(carriers.number).isEqualTo(7);
  }

  @Test
  void while_a_carrier_is_left_nothing_is_started() {
    carriers.left = true;
    var _ = watch.share();

    looks(10);

    assertThat(carriers.started).isEmpty();
    assertThat(carriers.number).isEqualTo(2);
  }

  @Test
  void a_thread_that_still_waits_at_the_next_look_brings_more_carriers() {
    carriers.left = true;
    var _ = watch.share();
    looks(1);

    carriers.left = false;
    looks(1);
    assertThat(carriers.number).isEqualTo(2);
    // What has just been said to be left does not count while a thread waits.
    carriers.left = true;
    looks(1);

    assertThat(carriers.number).isEqualTo(4);
    assertThat(carriers.started).as("one to wait, one to bring the carrier").hasSize(2);
  }

  @Test
  void a_thread_that_has_run_brings_none() {
    var _ = watch.share();

    for (int i = 0; i < 10; i++) {
      looks(1);
      runWhatWasStarted();
    }

    assertThat(carriers.number).isEqualTo(2);
  }

  @Test
  void a_look_that_fails_is_followed_by_others() {
    try (var _ = watch.share()) {
      carriers.refuses = true;
      assertThatThrownBy(() -> looks(1)).hasMessage("no thread to be had");

      carriers.refuses = false;
      looks(2);

      assertThat(carriers.number).isGreaterThan(2);
    }
  }

  @Test
  void a_late_look_is_no_evidence() {
    var _ = watch.share();
    looks(1);

    nanos += Duration.ofSeconds(1).toNanos();
    looks(1);

    assertThat(carriers.number).isEqualTo(2);
  }

  @Test
  void the_watch_of_the_jvm_has_one_thread_as_long_as_it_is_wanted() {
    var first = CarrierWatch.ofJvm().share();
    var second = CarrierWatch.ofJvm().share();
    assertThat(watchers()).isEqualTo(1);

    first.close();
    assertThat(watchers()).isEqualTo(1);

    second.close();
    LocalNode.eventually("it has ended", () -> watchers() == 0);
  }

  private static long watchers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("carriers@"))
        .count();
  }
}
