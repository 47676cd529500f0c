package io.roster.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.demo.replay.RoomComparison;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DemoResultTest {

  private static final DemoResult.Nodes NODES = new DemoResult.Nodes(4, 3);
  private static final DemoResult.Posts POSTS = new DemoResult.Posts(2, 10, 10);

  @Test
  void a_flawless_run_is_ok_and_says_so_in_one_line() {
    var result = new DemoResult(NODES, POSTS, RoomComparison.FLAWLESS, 5, Duration.ofMillis(1234));

    assertThat(result.toJson())
        .isEqualTo(
            "{\"nodesStarted\":4,\"nodesAtEnd\":3,\"rooms\":2,\"posts\":10,\"acknowledged\":10,"
                + "\"lost\":0,\"duplicated\":0,\"outOfOrder\":0,\"moves\":5,\"seconds\":1.234,"
                + "\"ok\":true}");
  }

  @Test
  void anything_lost_duplicated_out_of_order_or_not_acknowledged_is_not_ok() {
    assertThat(with(POSTS, new RoomComparison(1, 0, 0)).isOk()).isFalse();
    assertThat(with(POSTS, new RoomComparison(0, 1, 0)).isOk()).isFalse();
    assertThat(with(POSTS, new RoomComparison(0, 0, 1)).isOk()).isFalse();
    assertThat(with(new DemoResult.Posts(2, 10, 9), RoomComparison.FLAWLESS).isOk()).isFalse();
  }

  @Test
  void a_node_that_did_not_join_or_did_not_leave_is_not_ok() {
    var result =
        new DemoResult(
            new DemoResult.Nodes(4, 4), POSTS, RoomComparison.FLAWLESS, 5, Duration.ofSeconds(1));

    assertThat(result.isOk()).isFalse();
  }

  private static DemoResult with(DemoResult.Posts posts, RoomComparison comparison) {
    return new DemoResult(NODES, posts, comparison, 5, Duration.ofSeconds(1));
  }
}
