package io.roster.demo.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ChatLogTest {

  private static final ChatEntry ONE = new ChatEntry(1, "ann", "hi");
  private static final ChatEntry TWO = new ChatEntry(2, "bob", "ho");

  @Test
  void posts_are_applied_in_the_order_of_their_numbers() {
    var log = ChatLog.empty();

    assertThat(log.post(ONE)).isEqualTo(new PostOutcome.Applied(1));
    assertThat(log.post(TWO)).isEqualTo(new PostOutcome.Applied(2));
    assertThat(log.entries()).containsExactly(ONE, TWO);
  }

  // case 82
  @Test
  void a_post_that_comes_again_under_its_number_is_acknowledged_and_not_applied() {
    var log = ChatLog.of(List.of(ONE, TWO), 0);

    assertThat(log.post(TWO)).isEqualTo(new PostOutcome.Repeated(2));
    assertThat(log.post(ONE)).isEqualTo(new PostOutcome.Repeated(1));
    assertThat(log.entries()).containsExactly(ONE, TWO);
  }

  @Test
  void a_gap_is_refused_with_the_number_that_is_expected() {
    var log = ChatLog.empty();

    assertThat(log.post(TWO)).isEqualTo(new PostOutcome.OutOfSequence(1, 2));
    assertThat(log.post(new ChatEntry(0, "ann", "hi")))
        .isEqualTo(new PostOutcome.OutOfSequence(1, 0));
    assertThat(log.count()).isZero();
  }

  @Test
  void another_post_under_a_number_that_is_taken_is_refused() {
    var log = ChatLog.of(List.of(ONE), 0);

    assertThat(log.post(new ChatEntry(1, "eve", "hi"))).isEqualTo(new PostOutcome.Conflicting(1));
    assertThat(log.entries()).containsExactly(ONE);
  }

  @Test
  void entries_are_read_in_pages() {
    var log = ChatLog.of(List.of(ONE, TWO), 0);

    assertThat(log.read(1, 1)).containsExactly(ONE);
    assertThat(log.read(2, 5)).containsExactly(TWO);
    assertThat(log.read(3, 5)).isEmpty();
    assertThat(log.read(-7, Integer.MAX_VALUE)).containsExactly(ONE, TWO);
  }

  @Test
  void the_digest_tells_order_and_content_and_a_moved_log_keeps_it() {
    var log = ChatLog.empty();
    log.post(ONE);
    log.post(TWO);

    assertThat(ChatLog.of(log.entries(), 0).digest()).isEqualTo(log.digest());
    assertThat(ChatDigest.EMPTY.then("bob", "ho").then("ann", "hi")).isNotEqualTo(log.digest());
    assertThat(ChatDigest.EMPTY.then("an", "nhi")).isNotEqualTo(ChatDigest.EMPTY.then("ann", "hi"));
  }
}
