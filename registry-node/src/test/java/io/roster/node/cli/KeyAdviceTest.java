package io.roster.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.node.admin.KeyListing;
import io.roster.node.admin.KeyListing.NodeKeys;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class KeyAdviceTest {

  private static KeyListing listing(boolean agreed, NodeKeys... nodes) {
    return new KeyListing("", agreed, List.of(nodes), List.of());
  }

  private static NodeKeys node(String name, String... keys) {
    return new NodeKeys(name, List.of(keys), true, "");
  }

  @Test
  void nodes_that_agree_need_none() {
    assertThat(KeyAdvice.of(listing(true, node("a#1", "k1"), node("b#1", "k1")))).isEmpty();
  }

  @Test
  void a_key_that_somebody_lacks_and_nobody_seals_with_is_removed_and_another_installed() {
    var keys = listing(false, node("a#1", "k1", "k2"), node("b#1", "k1"), node("c#1", "k1"));

    assertThat(KeyAdvice.of(keys))
        .containsExactly(
            "k2 is lacking at b#1, c#1: remove it, and install another key while all are up");
  }

  @Test
  void who_lacks_a_key_that_others_seal_with_is_given_a_file() {
    var keys = listing(false, node("a#1", "k2", "k1"), node("b#1", "k1"));

    assertThat(KeyAdvice.of(keys))
        .containsExactly(
            "k2 is lacking at b#1: give it another node's file of keys and start it again");
  }

  @Test
  void nodes_that_seal_with_different_keys_are_told_one() {
    var keys = listing(false, node("a#1", "k1", "k2"), node("b#1", "k2", "k1"));

    assertThat(KeyAdvice.of(keys))
        .containsExactly("they seal with different keys: use one of them");
  }

  @Test
  void who_does_not_answer_comes_first() {
    var silent = new NodeKeys("b#1", List.of(), false, "no answer");

    assertThat(KeyAdvice.of(listing(false, node("a#1", "k1", "k2"), silent)))
        .containsExactly("give the order again when every node answers");
  }
}
