package io.roster.core.carrier;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SharingTest {

  private static final int MANY = Sharing.LONG_TURNS;
  private static final int FEW = Sharing.LONG_TURNS - 1;

  private final Sharing<String> sharing = new Sharing<>();
  private int turns;

  /** One look at one carrier that has had {@code more} turns since the last. */
  private int look(int idle, int more, int waiting) {
    turns += more;
    sharing.look(idle);
    return sharing.toMove("carrier", turns, waiting);
  }

  @Test
  void what_has_not_waited_from_one_look_to_the_next_stays() {
    assertThat(look(1, FEW, 7)).isZero();
    assertThat(look(1, FEW, 0)).isZero();
    assertThat(look(1, FEW, 7)).isZero();
    assertThat(look(1, FEW, 7)).isPositive();
  }

  @Test
  void all_that_waits_for_a_carrier_that_is_held_goes_even_where_nobody_is_idle() {
    look(0, MANY, 7);

    assertThat(look(0, 0, 7)).isEqualTo(7);
  }

  @Test
  void a_count_of_turns_that_overflows_is_no_standstill() {
    turns = Integer.MAX_VALUE - 1;
    look(0, 0, 7);

    assertThat(look(0, MANY, 7)).isZero();
  }

  @Test
  void a_carrier_with_long_turns_shares_evenly_with_the_idle_ones() {
    look(3, FEW, 8);

    assertThat(look(3, FEW, 8)).isEqualTo(6);
    assertThat(look(1, FEW, 8)).isEqualTo(4);
    assertThat(look(1, FEW, 1)).isEqualTo(1);
    assertThat(look(0, FEW, 8)).isZero();
  }

  @Test
  void a_single_one_behind_short_turns_stays() {
    look(1, MANY, 1);

    for (int i = 0; i < 200; i++) {
      assertThat(look(1, MANY, 1)).isZero();
    }
  }

  @Test
  void half_of_what_waits_behind_short_turns_is_moved_again_and_again_while_it_stays_moved() {
    look(1, MANY, 8);

    for (int i = 0; i < 10; i++) {
      assertThat(look(1, MANY, 8)).isEqualTo(4);
      assertThat(look(0, MANY, 8)).isZero();
    }
  }

  @Test
  void work_that_comes_back_is_moved_less_and_less_often() {
    look(1, MANY, 8);
    int moves = 0;
    int lastMove = 0;
    int longest = 0;
    for (int i = 1; i <= 1_000; i++) {
      if (look(1, MANY, 8) > 0) {
        moves++;
        longest = Math.max(longest, i - lastMove);
        lastMove = i;
      }
    }

    assertThat(moves).isBetween(1_000 / Sharing.TRIALS_APART_MAX, 30);
    assertThat(longest).isBetween(Sharing.TRIALS_APART_MAX, Sharing.TRIALS_APART_MAX + 1);
  }

  @Test
  void a_carrier_that_has_gone_is_forgotten() {
    look(1, FEW, 8);
    sharing.look(1);
    sharing.look(1);

    assertThat(look(1, FEW, 8)).isZero();
  }
}
