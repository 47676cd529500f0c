package io.roster.net.membership.swim;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.core.identity.NodeName;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Whom one draw names. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DeadListTest {

  @Test
  void nobody_is_drawn_twice_at_once_and_nobody_who_is_back() {
    var random = new Random(1);
    var dead = new DeadList();
    var names = IntStream.range(0, 8).mapToObj(i -> new NodeName("n" + i)).toList();
    names.forEach(dead::add);

    assertThat(dead.draw(9, random)).containsExactlyInAnyOrderElementsOf(names);
    dead.remove(names.get(2));
    dead.remove(names.get(7));

    assertThat(dead.draw(3, random)).hasSize(3).doesNotHaveDuplicates();
    assertThat(dead.draw(6, random))
        .hasSize(6)
        .doesNotHaveDuplicates()
        .doesNotContain(names.get(2), names.get(7));
  }
}
