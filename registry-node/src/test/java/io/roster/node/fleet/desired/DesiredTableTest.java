package io.roster.node.fleet.desired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.roster.core.identity.NodeName;
import io.roster.core.identity.ProcessName;
import io.roster.node.fleet.desired.DesiredWorker.Status;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class DesiredTableTest {

  private static final NodeName A = new NodeName("a");
  private static final NodeName B = new NodeName("b");

  private final DesiredTable table = new DesiredTable();

  @Test
  void a_later_wish_replaces_an_earlier_one_and_not_the_other_way_round() {
    DesiredWorker first = wish("w", 1, Status.WANTED, A);

    assertThat(table.join(first, 0)).isTrue();
    assertThat(table.join(first.then(Status.STOPPED, B), 0)).isTrue();
    assertThat(table.join(first, 0)).isFalse();

    assertThat(table.wanted()).isEmpty();
    assertThat(table.find(first.name())).hasValue(first.then(Status.STOPPED, B));
  }

  @Test
  void an_old_wish_cannot_bring_a_stopped_worker_back_but_a_new_one_can() {
    DesiredWorker first = wish("w", 1, Status.WANTED, A);
    table.join(first.then(Status.STOPPED, A), 0);

    assertThat(table.join(first, 0)).isFalse();
    assertThat(table.join(wish("w", 3, Status.WANTED, B), 0)).isTrue();
    assertThat(table.wanted()).hasSize(1);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 42})
  void wishes_heard_in_any_order_and_more_than_once_lead_to_the_same_table(long seed) {
    var wishes = new ArrayList<DesiredWorker>();
    for (int i = 0; i < 300; i++) {
      wishes.add(
          wish("w" + i % 40, 1 + i % 5, List.of(Status.values()).get(i % 3), i % 2 == 0 ? A : B));
    }
    wishes.forEach(wish -> table.join(wish, 0));
    var other = new DesiredTable();
    var shuffled = new ArrayList<>(wishes);
    shuffled.addAll(wishes.subList(0, 100));
    Collections.shuffle(shuffled, new Random(seed));
    shuffled.forEach(wish -> other.join(wish, 0));

    assertThat(other.all()).containsExactlyInAnyOrderElementsOf(table.all());
    assertThat(other.differing(table.sums())).isEmpty();
  }

  @Test
  void tables_that_differ_find_out_where_and_agree_after_one_exchange_of_those_buckets() {
    var other = new DesiredTable();
    for (int i = 0; i < 500; i++) {
      table.join(wish("w" + i, 1, Status.WANTED, A), 0);
      other.join(wish("w" + i, 1, Status.WANTED, A), 0);
    }
    table.join(wish("only-here", 1, Status.WANTED, A), 0);
    other.join(wish("only-there", 1, Status.WANTED, B), 0);
    other.join(wish("w7", 2, Status.STOPPED, B), 0);

    Set<Integer> buckets = table.differing(other.sums());
    List<DesiredWorker> here = table.in(buckets);
    List<DesiredWorker> there = other.in(buckets);
    here.forEach(wish -> other.join(wish, 0));
    there.forEach(wish -> table.join(wish, 0));

    assertThat(buckets).hasSizeBetween(1, 3);
    assertThat(here.size()).isLessThan(60);
    assertThat(table.differing(other.sums())).isEmpty();
    assertThat(table.wanted()).hasSize(501);
  }

  @Test
  void stopped_workers_are_forgotten_in_the_end() {
    table.join(wish("w", 1, Status.STOPPED, A), 0);
    table.join(wish("v", 1, Status.WANTED, A), 0);

    table.forgetStopped(100, 100);
    assertThat(table.all()).hasSize(2);

    table.forgetStopped(100, 101);
    assertThat(table.all()).hasSize(1);
    var fresh = new DesiredTable();
    fresh.join(wish("v", 1, Status.WANTED, A), 0);
    assertThat(fresh.differing(table.sums())).isEmpty();
  }

  @Test
  void a_digest_of_another_shape_is_refused() {
    assertThatThrownBy(() -> table.differing(List.of(1L))).hasMessage("expected 64 sums, got: 1");
  }

  private static DesiredWorker wish(String name, long epoch, Status status, NodeName writer) {
    return new DesiredWorker(
        new ProcessName(name), epoch, status, writer, "room", ByteString.EMPTY);
  }
}
