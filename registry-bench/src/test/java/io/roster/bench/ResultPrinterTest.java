package io.roster.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ResultPrinterTest {

  private static final Work CALL = Work.rate("call 1→1", _ -> 0);

  @Test
  void a_ratio_is_told_as_the_goal() {
    var row = row(CALL.beside(StubPeer.ABSENT, "call", 1.5), 300.0, 100.0);

    assertThat(ResultPrinter.json(new Suite.Result("local", List.of(row), List.of())))
        .isEqualTo(
            "{\"suite\":\"local\",\"rows\":[{\"work\":\"call 1→1\",\"unit\":\"1/s\",\"ours\":300.0,"
                + "\"peer\":\"peer\",\"theirs\":100.0,\"ratio\":3.0,\"goal\":1.5,\"met\":true}]}");
  }

  @Test
  void what_the_absent_peer_would_tell_is_null() {
    var row = row(CALL.beside(StubPeer.ABSENT, "call", 1.5), 300.0, null);

    assertThat(ResultPrinter.json(new Suite.Result("local", List.of(row), List.of())))
        .endsWith("\"peer\":\"peer\",\"theirs\":null,\"ratio\":null,\"goal\":1.5,\"met\":null}]}");
  }

  @Test
  void a_bound_stands_in_place_of_the_goal_and_is_met_without_a_peer() {
    var atMost = row(CALL.alone(new Goal.AtMost(400)), 300.0, null);
    var atLeast = row(CALL.alone(new Goal.AtLeast(400)), 300.0, null);

    assertThat(ResultPrinter.json(new Suite.Result("local", List.of(atMost, atLeast), List.of())))
        .contains("\"peer\":null,\"theirs\":null,\"ratio\":null,\"atMost\":400.0,\"met\":true}")
        .contains("\"atLeast\":400.0,\"met\":false}")
        .doesNotContain("goal");
  }

  private static Row row(Work work, @Nullable Double ours, @Nullable Double theirs) {
    return Row.of(work, work.comparisons().getFirst(), ours, theirs);
  }
}
