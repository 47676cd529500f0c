package io.roster.net.membership.swim;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.net.membership.GossipOptions;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** How late something that a node sent to itself is taken to be. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EchoTest {

  private static final long QUICK = 30_000;
  private static final long OVERDUE = GossipOptions.lan().probes().timeout().toNanos() + 1;

  private final Context context = context();
  private final Echo echo = new Echo(context);

  @Test
  void one_that_is_held_up_is_as_late_as_it_comes() {
    long first = ask();
    ask();
    context.nowNanos += QUICK;

    assertThat(echo.heard(first)).isGreaterThan(OVERDUE);
  }

  @Test
  void one_that_is_lost_does_not_make_the_next_late() {
    ask();
    long second = ask();
    long asked = context.nowNanos;
    context.nowNanos += QUICK;

    assertThat(echo.heard(second)).isEqualTo(QUICK);
    assertThat(echo.hearsSince(asked)).isTrue();
    assertThat(echo.hearsSince(asked + 1)).isFalse();
  }

  @Test
  void many_that_are_lost_are_no_chance() {
    ask();
    ask();
    long third = ask();
    context.nowNanos += QUICK;

    assertThat(echo.heard(third)).isGreaterThan(2 * OVERDUE);
  }

  @Test
  void one_that_comes_after_another_is_not_waited_for() {
    ask();
    long second = ask();
    long third = ask();

    assertThat(echo.heard(second)).isPositive();
    assertThat(echo.heard(third)).isZero();
  }

  @Test
  void it_asks_again_until_the_first_has_come_back() {
    ask();
    context.nowNanos += OVERDUE;
    echo.askFirst();
    long second = sequenceSent();
    context.nowNanos += QUICK;
    echo.heard(second);
    context.nowNanos += OVERDUE;

    echo.askFirst();

    assertThat(context.drainEffects()).isEmpty();
  }

  @Test
  void where_none_ever_comes_back_it_gives_up() {
    int sent = 0;
    for (int tick = 0; tick < 1_000; tick++) {
      context.nowNanos += OVERDUE;
      echo.askFirst();
      sent += context.drainEffects().size();
    }

    assertThat(sent).isBetween(10, 30);
    assertThat(echo.hearsSince(context.nowNanos)).isTrue();
  }

  /** Asks when whatever was asked before is overdue. */
  private long ask() {
    context.nowNanos += OVERDUE;
    echo.ask();
    return sequenceSent();
  }

  private long sequenceSent() {
    return ((Effect.Echo) context.drainEffects().getFirst()).sequence();
  }

  private static Context context() {
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);
    var self = OneMachine.SELF.id();
    return new Context(
        self,
        GossipOptions.lan(),
        new MemberTable(self.name(), MemberTable.Base.EMPTY, random),
        random);
  }
}
