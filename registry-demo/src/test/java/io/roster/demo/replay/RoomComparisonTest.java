package io.roster.demo.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.demo.chat.ChatDigest;
import io.roster.demo.chat.ChatEntry;
import io.roster.demo.input.ChatPost;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RoomComparisonTest {

  private static final List<ChatPost> POSTS =
      List.of(
          new ChatPost("r", "ann", "a"),
          new ChatPost("r", "bob", "b"),
          new ChatPost("r", "cy", "c"));
  private static final ChatEntry A = new ChatEntry(1, "ann", "a");
  private static final ChatEntry B = new ChatEntry(2, "bob", "b");
  private static final ChatEntry C = new ChatEntry(3, "cy", "c");

  @Test
  void a_room_that_holds_the_input_is_flawless() {
    assertThat(RoomComparison.of(POSTS, 3, List.of(A, B, C)).isFlawless()).isTrue();
  }

  @Test
  void an_acknowledged_post_that_is_not_there_is_lost() {
    assertThat(RoomComparison.of(POSTS, 3, List.of(A, B))).isEqualTo(new RoomComparison(1, 0, 0));
    assertThat(RoomComparison.of(POSTS, 3, List.of())).isEqualTo(new RoomComparison(3, 0, 0));
  }

  @Test
  void a_post_whose_outcome_was_never_known_may_be_there_or_not() {
    assertThat(RoomComparison.of(POSTS, 2, List.of(A, B)).isFlawless()).isTrue();
    assertThat(RoomComparison.of(POSTS, 2, List.of(A, B, C)).isFlawless()).isTrue();
  }

  @Test
  void a_post_with_another_content_is_lost() {
    var forged = new ChatEntry(2, "eve", "b");

    assertThat(RoomComparison.of(POSTS, 3, List.of(A, forged, C)))
        .isEqualTo(new RoomComparison(1, 0, 0));
  }

  @Test
  void a_post_that_is_there_twice_is_duplicated() {
    assertThat(RoomComparison.of(POSTS, 3, List.of(A, B, B, C)))
        .isEqualTo(new RoomComparison(0, 1, 0));
  }

  @Test
  void a_post_behind_a_later_one_is_out_of_order() {
    assertThat(RoomComparison.of(POSTS, 3, List.of(A, C, B)))
        .isEqualTo(new RoomComparison(0, 0, 1));
  }

  @Test
  void comparisons_add_up() {
    assertThat(new RoomComparison(1, 2, 3).plus(new RoomComparison(10, 20, 30)))
        .isEqualTo(new RoomComparison(11, 22, 33));
  }

  @Test
  void the_digest_is_that_of_a_room_with_the_same_posts() {
    assertThat(RoomComparison.digest(POSTS, 2))
        .isEqualTo(ChatDigest.EMPTY.then("ann", "a").then("bob", "b"));
  }
}
