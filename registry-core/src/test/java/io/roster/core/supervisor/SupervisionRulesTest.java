package io.roster.core.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules of what is kept and of automatic shutdown, as tables. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SupervisionRulesTest {

  @ParameterizedTest(name = "{0}, dynamic: {1}, forgotten: {2}")
  @CsvSource({ // cases 78, 88 and 89
    "PERMANENT, false, false",
    "PERMANENT, true, true",
    "TRANSIENT, false, false",
    "TRANSIENT, true, true",
    "TEMPORARY, false, true",
    "TEMPORARY, true, true",
  })
  void who_is_down_for_good_is_forgotten_if_temporary_or_without_an_id(
      Restart restart, boolean dynamic, boolean forgotten) {
    for (RestartStrategy strategy : RestartStrategy.values()) {
      for (AutoShutdown autoShutdown : AutoShutdown.values()) {
        var config = new SupervisorConfig(strategy, RestartLimit.DEFAULT, autoShutdown, dynamic, 1);

        assertThat(config.forgets(ChildPolicy.WORKER.withRestart(restart))).isEqualTo(forgotten);
      }
    }
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
