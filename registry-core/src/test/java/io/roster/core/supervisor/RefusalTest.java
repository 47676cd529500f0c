package io.roster.core.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import io.roster.core.identity.Pid;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a supervisor answers that does not do what it is asked. Case 94. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RefusalTest {

  private static final Pid PID = new Pid(new NodeId(new NodeName("a"), 1), 1);

  private static final ChildSpec SPEC =
      ChildSpec.worker(
          "a",
          () -> {
            throw new AssertionError("nothing is started");
          });

  private static SupervisorConfig config(AutoShutdown autoShutdown, boolean dynamic, int max) {
    return new SupervisorConfig(
        RestartStrategy.ONE_FOR_ONE, RestartLimit.DEFAULT, autoShutdown, dynamic, max);
  }

  private static Child at(ChildInfo.Status status) {
    var child = new Child(SPEC);
    switch (status) {
      case RUNNING -> child.running(PID);
      case STARTING -> child.startingInVain();
      case RESTARTING -> child.restarting();
      case STANDING_BY -> child.standingBy(Optional.of(PID));
      case STOPPING -> child.stopping(PID);
      case DOWN -> child.down();
    }
    return child;
  }

  private static @Nullable Class<? extends ChildResult> classOf(String result) {
    List<Class<? extends ChildResult>> all =
        List.of(
            ChildResult.NotFound.class,
            ChildResult.Running.class,
            ChildResult.Restarting.class,
            ChildResult.AlreadyStarted.class,
            ChildResult.AlreadyPresent.class,
            ChildResult.MaxChildren.class,
            ChildResult.BadSpec.class);
    return all.stream().filter(each -> each.getSimpleName().equals(result)).findAny().orElse(null);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "RUNNING, Running",
    "STARTING, Running",
    "STOPPING, Running",
    "RESTARTING, Restarting",
    "STANDING_BY, Restarting",
    "DOWN, none",
  })
  void only_a_child_that_is_down_is_restarted_or_deleted(ChildInfo.Status status, String refusal) {
    assertThat(Refusal.unlessDown(Optional.of(status)).map(Object::getClass).orElse(null))
        .isEqualTo(classOf(refusal));
  }

  @Test
  void a_child_that_is_unknown_is_neither_restarted_nor_deleted() {
    assertThat(Refusal.unlessDown(Optional.empty())).contains(new ChildResult.NotFound());
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "RUNNING, AlreadyStarted",
    "STARTING, AlreadyPresent",
    "STOPPING, AlreadyStarted",
    "RESTARTING, AlreadyPresent",
    "STANDING_BY, AlreadyPresent",
    "DOWN, AlreadyPresent",
  })
  void an_id_is_given_once(ChildInfo.Status status, String refusal) {
    for (int max : new int[] {0, 1, 2}) {
      Optional<ChildResult> told =
          Refusal.toStart(config(AutoShutdown.NEVER, false, max), SPEC, Optional.of(at(status)), 1);

      assertThat(told.map(Object::getClass).orElse(null)).isEqualTo(classOf(refusal));
    }
  }

  @ParameterizedTest(name = "{0} of at most {1}: {2}")
  @CsvSource({ // case 107
    "0, 0, MaxChildren",
    "0, 1, none",
    "1, 1, MaxChildren",
    "1, 2, none",
    "2, 2, MaxChildren",
  })
  void there_are_no_more_children_than_allowed(int size, int max, String refusal) {
    Optional<ChildResult> told =
        Refusal.toStart(config(AutoShutdown.NEVER, true, max), SPEC, Optional.empty(), size);

    assertThat(told.map(Object::getClass).orElse(null)).isEqualTo(classOf(refusal));
  }

  @ParameterizedTest
  @EnumSource(AutoShutdown.class)
  void a_significant_child_goes_with_automatic_shutdown_alone(AutoShutdown autoShutdown) {
    for (boolean dynamic : new boolean[] {false, true}) {
      for (Restart restart : new Restart[] {Restart.TRANSIENT, Restart.TEMPORARY}) {
        boolean refused =
            Refusal.toStart(
                    config(autoShutdown, dynamic, 1),
                    SPEC.significant(restart),
                    Optional.empty(),
                    0)
                .filter(ChildResult.BadSpec.class::isInstance)
                .isPresent();

        assertThat(refused).isEqualTo(autoShutdown == AutoShutdown.NEVER);
      }
    }
  }

  @ParameterizedTest(name = "with a name: {0}, dynamic: {1}, refused: {2}")
  @CsvSource({"true, false, false", "true, true, true", "false, false, true", "false, true, true"})
  void a_child_stands_by_for_a_name_and_under_an_id(
      boolean named, boolean dynamic, boolean refused) {
    ChildSpec spec = named ? SPEC.named("orders").standingBy() : SPEC.standingBy();

    Optional<ChildResult> told =
        Refusal.toStart(config(AutoShutdown.NEVER, dynamic, 1), spec, Optional.empty(), 0);

    assertThat(told.filter(ChildResult.BadSpec.class::isInstance).isPresent()).isEqualTo(refused);
  }
}
