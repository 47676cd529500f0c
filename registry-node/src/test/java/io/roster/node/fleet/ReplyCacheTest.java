package io.roster.node.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class ReplyCacheTest {

  @Test
  void a_repeated_request_gets_the_answer_of_the_first_time() {
    ReplyCache<Long> cache = ReplyCache.<Long>ofSize(3).with("a", 1L).with("a", 2L);

    assertThat(cache.find("a")).contains(1L);
    assertThat(cache.find("b")).isEmpty();
  }

  @Test
  void the_oldest_answers_make_room() {
    ReplyCache<Long> cache = ReplyCache.<Long>ofSize(2).with("a", 1L).with("b", 2L).with("c", 3L);

    assertThat(cache.find("a")).isEmpty();
    assertThat(cache.find("b")).contains(2L);
    assertThat(cache.find("c")).contains(3L);
  }

  @Test
  void a_cache_without_room_is_refused() {
    assertThatThrownBy(() -> ReplyCache.ofSize(0))
        .hasMessage("expected a size of at least one, got: 0");
  }
}
