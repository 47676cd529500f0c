package io.roster.core.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import io.roster.core.identity.Pid;
import io.roster.core.identity.ProcessName;
import io.roster.core.signal.ExitReason;
import io.roster.core.supervisor.RestartRule.Decision;
import io.roster.core.supervisor.RestartRule.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the end of a child comes to, for every reason under every kind of supervisor. Cases 95 and
 * 105.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RestartRuleTest {

  private static final NodeName A = new NodeName("a");
  private static final Pid PID = new Pid(new NodeId(A, 1), 1);

  /** What reasons have in common. */
  enum Kind {
    EXPECTED,
    ABNORMAL,
    GIVEN_AWAY,
    NAME_LOST
  }

  private static Kind kind(ExitReason reason) {
    return switch (reason) {
      case ExitReason.Normal _, ExitReason.Shutdown _ -> Kind.EXPECTED;
      case ExitReason.Killed _,
          ExitReason.Crashed _,
          ExitReason.NoProcess _,
          ExitReason.NoConnection _ ->
          Kind.ABNORMAL;
      case ExitReason.Moved _, ExitReason.NodeLeaving _ -> Kind.GIVEN_AWAY;
      case ExitReason.QuorumLost _, ExitReason.NameConflict _ -> Kind.NAME_LOST;
    };
  }

  private static final List<ExitReason> REASONS =
      List.of(
          ExitReason.normal(),
          ExitReason.shutdown(),
          new ExitReason.Shutdown("reached the restart limit"),
          ExitReason.killed(),
          new ExitReason.Crashed("boom"),
          ExitReason.noProcess(),
          new ExitReason.NoConnection(A),
          new ExitReason.Moved(PID),
          new ExitReason.NodeLeaving(A),
          new ExitReason.QuorumLost("orders"),
          new ExitReason.NameConflict(new ProcessName("orders"), PID));

  /** Each way to treat a child that a supervisor may be given. */
  private static List<ChildPolicy> policies(Restart restart, boolean standsBy) {
    ChildPolicy plain = ChildPolicy.WORKER.withRestart(restart);
    ChildPolicy policy = standsBy ? plain.asStandby() : plain;
    return restart == Restart.PERMANENT
        ? List.of(policy)
        : List.of(policy, policy.asSignificant(restart));
  }

  /** Each supervisor, a dynamic one among them. */
  private static List<SupervisorConfig> supervisors() {
    var all = new ArrayList<SupervisorConfig>();
    for (AutoShutdown autoShutdown : AutoShutdown.values()) {
      for (RestartStrategy strategy : RestartStrategy.values()) {
        all.add(config(strategy, autoShutdown, false));
      }
      all.add(config(RestartStrategy.ONE_FOR_ONE, autoShutdown, true));
    }
    return all;
  }

  private static SupervisorConfig config(
      RestartStrategy strategy, AutoShutdown autoShutdown, boolean dynamic) {
    return new SupervisorConfig(
        strategy, RestartLimit.of(0, Duration.ofSeconds(1)), autoShutdown, dynamic, 1);
  }

  @ParameterizedTest(name = "{0}, stands by: {1}, {2}: {3}; under a dynamic supervisor: {4}")
  @CsvSource({
    "PERMANENT, false, EXPECTED, RESTART, RESTART",
    "PERMANENT, false, ABNORMAL, RESTART, RESTART",
    "PERMANENT, false, GIVEN_AWAY, STAYS_DOWN, FORGOTTEN",
    "PERMANENT, false, NAME_LOST, STAYS_DOWN, FORGOTTEN",
    "PERMANENT, true, EXPECTED, RESTART, RESTART",
    "PERMANENT, true, ABNORMAL, RESTART, RESTART",
    "PERMANENT, true, GIVEN_AWAY, STAYS_DOWN, FORGOTTEN",
    "PERMANENT, true, NAME_LOST, STANDS_BY, STANDS_BY",
    "TRANSIENT, false, EXPECTED, STAYS_DOWN, FORGOTTEN",
    "TRANSIENT, false, ABNORMAL, RESTART, RESTART",
    "TRANSIENT, false, GIVEN_AWAY, STAYS_DOWN, FORGOTTEN",
    "TRANSIENT, false, NAME_LOST, STAYS_DOWN, FORGOTTEN",
    "TRANSIENT, true, EXPECTED, STAYS_DOWN, FORGOTTEN",
    "TRANSIENT, true, ABNORMAL, RESTART, RESTART",
    "TRANSIENT, true, GIVEN_AWAY, STAYS_DOWN, FORGOTTEN",
    "TRANSIENT, true, NAME_LOST, STANDS_BY, STANDS_BY",
    "TEMPORARY, false, EXPECTED, FORGOTTEN, FORGOTTEN",
    "TEMPORARY, false, ABNORMAL, FORGOTTEN, FORGOTTEN",
    "TEMPORARY, false, GIVEN_AWAY, FORGOTTEN, FORGOTTEN",
    "TEMPORARY, false, NAME_LOST, FORGOTTEN, FORGOTTEN",
    "TEMPORARY, true, EXPECTED, FORGOTTEN, FORGOTTEN",
    "TEMPORARY, true, ABNORMAL, FORGOTTEN, FORGOTTEN",
    "TEMPORARY, true, GIVEN_AWAY, FORGOTTEN, FORGOTTEN",
    "TEMPORARY, true, NAME_LOST, FORGOTTEN, FORGOTTEN",
  })
  void what_becomes_of_a_child_follows_the_table(
      Restart restart, boolean standsBy, Kind kind, Verdict inTree, Verdict dynamic) {
    for (ExitReason reason : REASONS.stream().filter(each -> kind(each) == kind).toList()) {
      for (ChildPolicy policy : policies(restart, standsBy)) {
        for (SupervisorConfig config : supervisors()) {
          for (boolean left : new boolean[] {false, true}) {
            assertThat(RestartRule.decision(config, policy, reason, left).verdict())
                .as("%s, %s, %s, another left: %s", reason, policy, config, left)
                .isEqualTo(config.dynamic() ? dynamic : inTree);
          }
        }
      }
    }
  }

  @ParameterizedTest(name = "{0}, another significant child left: {1}")
  @CsvSource({
    "NEVER, false, false",
    "NEVER, true, false",
    "ANY_SIGNIFICANT, false, true",
    "ANY_SIGNIFICANT, true, true",
    "ALL_SIGNIFICANT, false, true",
    "ALL_SIGNIFICANT, true, false",
  })
  void a_supervisor_ends_with_significant_children_that_are_gone_for_good_alone(
      AutoShutdown autoShutdown, boolean left, boolean endsWithSignificant) {
    for (SupervisorConfig config : supervisors()) {
      if (config.autoShutdown() != autoShutdown) {
        continue;
      }
      for (ExitReason reason : REASONS) {
        for (Restart restart : Restart.values()) {
          for (ChildPolicy policy : policies(restart, false)) {
            boolean goneForGood =
                restart == Restart.TEMPORARY
                    || (restart == Restart.TRANSIENT && kind(reason) != Kind.ABNORMAL);
            Decision decision = RestartRule.decision(config, policy, reason, left);

            assertThat(decision.endsSupervisor())
                .as("%s, %s, %s", reason, policy, config)
                .isEqualTo(goneForGood && policy.significant() && endsWithSignificant);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"TRANSIENT, false", "TEMPORARY, true"})
  void who_waits_for_a_name_has_not_ended(Restart restart, boolean endsSupervisor) {
    ChildPolicy policy = ChildPolicy.WORKER.asSignificant(restart).asStandby();
    for (ExitReason reason : REASONS) {
      if (kind(reason) == Kind.NAME_LOST) {
        SupervisorConfig config =
            config(RestartStrategy.ONE_FOR_ONE, AutoShutdown.ANY_SIGNIFICANT, false);

        assertThat(RestartRule.decision(config, policy, reason, false).endsSupervisor())
            .isEqualTo(endsSupervisor);
      }
    }
  }
}
