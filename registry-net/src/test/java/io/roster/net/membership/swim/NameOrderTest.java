package io.roster.net.membership.swim;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.core.identity.NodeName;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class NameOrderTest {

  private static NameOrder order(List<String> shared, String... added) {
    var order = new NameOrder(shared.stream().map(NodeName::new).toList());
    Stream.of(added).map(NodeName::new).forEach(order::add);
    return order;
  }

  /** Once round. */
  private static List<String> lap(NameOrder order, String from) {
    var lap = new ArrayList<String>();
    var name = new NodeName(from);
    do {
      lap.add(name.value());
      name = order.after(name);
    } while (!name.value().equals(from));
    return lap;
  }

  @Test
  void shared_and_added_names_are_one_order_that_has_no_end() {
    assertThat(lap(order(List.of("b", "d"), "e", "c", "a"), "c"))
        .containsExactly("c", "d", "e", "a", "b");
    assertThat(lap(order(List.of("b", "d"), "c"), "b")).containsExactly("b", "c", "d");
    assertThat(lap(order(List.of(), "c", "b"), "b")).containsExactly("b", "c");
    assertThat(lap(order(List.of("b", "c")), "c")).containsExactly("c", "b");
  }

  @Test
  void an_added_name_can_be_taken_out_and_a_shared_one_stays() {
    var order = order(List.of("a", "c"), "b", "c");

    order.remove(new NodeName("b"));
    order.remove(new NodeName("c"));

    assertThat(lap(order, "a")).containsExactly("a", "c");
  }

  @Test
  void whoever_is_alone_follows_itself() {
    assertThat(lap(order(List.of(), "a"), "a")).containsExactly("a");
  }
}
