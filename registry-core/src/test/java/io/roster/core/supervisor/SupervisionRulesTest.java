package io.roster.core.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules of groups and of automatic shutdown, as tables. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SupervisionRulesTest {

  @ParameterizedTest(name = "{0}, {1} fails: {2}")
  @CsvSource({ // case 97
    "ONE_FOR_ONE, a, a",
    "ONE_FOR_ONE, b, b",
    "ONE_FOR_ONE, c, c",
    "ONE_FOR_ALL, a, a b c",
    "ONE_FOR_ALL, b, a b c",
    "ONE_FOR_ALL, c, a b c",
    "REST_FOR_ONE, a, a b c",
    "REST_FOR_ONE, b, b c",
    "REST_FOR_ONE, c, c",
  })
  void a_strategy_chooses_who_restarts(RestartStrategy strategy, String failed, String group) {
    assertThat(strategy.group(List.of("a", "b", "c"), failed)).containsExactly(group.split(" "));
  }

  @ParameterizedTest(name = "{0}, significant: {1}, another left: {2}, due: {3}")
  @CsvSource({ // case 105
    "NEVER, false, false, false",
    "NEVER, true, false, false",
    "NEVER, true, true, false",
    "ANY_SIGNIFICANT, false, false, false",
    "ANY_SIGNIFICANT, false, true, false",
    "ANY_SIGNIFICANT, true, false, true",
    "ANY_SIGNIFICANT, true, true, true",
    "ALL_SIGNIFICANT, false, false, false",
    "ALL_SIGNIFICANT, false, true, false",
    "ALL_SIGNIFICANT, true, false, true",
    "ALL_SIGNIFICANT, true, true, false",
  })
  void a_significant_end_can_end_the_supervisor(
      AutoShutdown autoShutdown, boolean significant, boolean left, boolean due) {
    ChildPolicy policy = ChildPolicy.WORKER.withRestart(Restart.TRANSIENT);
    ChildPolicy ended = significant ? policy.asSignificant(Restart.TRANSIENT) : policy;

    assertThat(autoShutdown.isDue(ended, left)).isEqualTo(due);
  }
}
