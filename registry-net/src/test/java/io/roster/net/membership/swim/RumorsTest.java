package io.roster.net.membership.swim;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import java.util.ArrayList;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RumorsTest {

  private static final int ROOM_FOR_ONE = 50;
  private static final int PLENTY = 1_000;

  private final Rumors rumors = new Rumors();

  @Test
  void the_oldest_of_those_never_sent_goes_first() {
    rumors.add(about("a", 1));
    rumors.add(about("b", 1));

    assertThat(rumors.take(ROOM_FOR_ONE, 9)).containsExactly(about("a", 1));
  }

  @Test
  void one_never_sent_goes_before_one_sent_already() {
    rumors.add(about("b", 1));
    rumors.take(PLENTY, 9);
    rumors.add(about("a", 1));

    assertThat(rumors.take(ROOM_FOR_ONE, 9)).containsExactly(about("a", 1));
  }

  @Test
  void those_sent_take_turns() {
    rumors.add(about("a", 1));
    rumors.add(about("b", 1));
    var sent = new ArrayList<Rumor>();

    for (int i = 0; i < 4; i++) {
      sent.addAll(rumors.take(ROOM_FOR_ONE, 9));
    }

    assertThat(sent).containsExactly(about("a", 1), about("b", 1), about("a", 1), about("b", 1));
  }

  @Test
  void each_is_sent_as_often_as_asked_for() {
    rumors.add(about("a", 1));

    assertThat(rumors.take(PLENTY, 2)).hasSize(1);
    assertThat(rumors.take(PLENTY, 2)).hasSize(1);
    assertThat(rumors.take(PLENTY, 2)).isEmpty();
    assertThat(rumors.isEmpty()).isTrue();
  }

  @Test
  void a_newer_one_takes_the_place_of_an_older_about_the_same_name() {
    rumors.add(about("a", 1));
    rumors.take(PLENTY, 9);
    rumors.add(about("a", 2));

    assertThat(rumors.take(PLENTY, 9)).containsExactly(about("a", 2));
    assertThat(rumors.size()).isEqualTo(1);
  }

  @Test
  void none_goes_twice_in_one_packet_or_beyond_its_room() {
    for (int i = 0; i < 100; i++) {
      rumors.add(about("n" + i, 1));
    }

    var taken = rumors.take(PLENTY, 9);

    assertThat(taken).doesNotHaveDuplicates();
    assertThat(taken.stream().mapToInt(Sizes::of).sum()).isBetween(PLENTY - 50, PLENTY);
  }

  private static Rumor about(String name, long version) {
    return new Rumor.Refuted(new NodeId(new NodeName(name), 1), version, 0);
  }
}
