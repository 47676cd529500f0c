package io.roster.node.fleet.desired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.google.protobuf.ByteString;
import io.roster.core.identity.NodeName;
import io.roster.core.identity.ProcessName;
import io.roster.node.fleet.desired.DesiredWorker.Status;
import io.roster.node.fleet.desired.Reconciler.Action;
import io.roster.node.fleet.desired.Situation.Local;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** This node is {@code a}. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class ReconcilerTest {

  private static final NodeName A = new NodeName("a");
  private static final NodeName B = new NodeName("b");
  private static final Action NOTHING = new Action.Nothing();
  private static final Action START = new Action.Start();

  static Stream<Arguments> table() {
    return Stream.of(
        // belongs on, runs on, here,        action
        arguments("a", "-", Local.NONE, START),
        arguments("a", "a", Local.NONE, NOTHING),
        arguments("a", "b", Local.NONE, NOTHING),
        arguments("b", "-", Local.NONE, NOTHING),
        arguments("b", "b", Local.NONE, NOTHING),
        arguments("-", "-", Local.NONE, NOTHING),
        arguments("a", "-", Local.BUSY, NOTHING),
        arguments("b", "a", Local.BUSY, NOTHING),
        arguments("a", "a", Local.RUNNING, NOTHING),
        arguments("b", "a", Local.RUNNING, new Action.Move(B)),
        arguments("-", "a", Local.RUNNING, NOTHING),
        // It lost its name: names settle that, not the fleet.
        arguments("b", "b", Local.RUNNING, NOTHING),
        arguments("b", "-", Local.RUNNING, new Action.Claim()),
        arguments("a", "-", Local.RUNNING, new Action.Claim()));
  }

  @ParameterizedTest(name = "belongs on {0}, runs on {1}, here {2}: {3}")
  @MethodSource("table")
  void a_settled_node_compares_wish_and_fact(
      String belongsOn, String runsOn, Local local, Action expected) {
    assertThat(Reconciler.decide(wish(Status.WANTED), new Given(belongsOn, runsOn, local).calm()))
        .isEqualTo(expected);
  }

  @Test
  void a_missing_worker_waits_for_a_settled_view_and_for_its_back_off() {
    Given missing = new Given("a", "-", Local.NONE);

    assertThat(decide(missing.with(false, false, true, false, false))).isEqualTo(NOTHING);
    assertThat(decide(missing.with(true, false, true, false, false))).isEqualTo(START);
    assertThat(decide(missing.with(true, true, false, false, false))).isEqualTo(NOTHING);
  }

  @Test
  void a_leaving_node_starts_nothing() {
    assertThat(decide(new Given("a", "-", Local.NONE).with(true, true, true, true, false)))
        .isEqualTo(NOTHING);
  }

  @Test
  void nothing_moves_while_a_member_is_suspected_or_names_are_being_resolved() {
    assertThat(decide(new Given("b", "a", Local.RUNNING).with(true, false, true, false, false)))
        .isEqualTo(NOTHING);
  }

  @Test
  void a_leaving_node_hands_over_without_waiting_for_calm() {
    assertThat(decide(new Given("b", "a", Local.RUNNING).with(false, false, true, true, false)))
        .isEqualTo(new Action.Move(B));
  }

  @Test
  void a_move_that_failed_is_tried_again_after_its_back_off() { // case 85
    assertThat(decide(new Given("b", "a", Local.RUNNING).with(true, true, false, false, false)))
        .isEqualTo(NOTHING);
  }

  @Test
  void a_stopped_worker_is_ended_where_it_runs_and_started_nowhere() {
    DesiredWorker stopped = wish(Status.STOPPED);

    assertThat(Reconciler.decide(stopped, new Given("a", "a", Local.RUNNING).calm()))
        .isEqualTo(new Action.Stop());
    assertThat(Reconciler.decide(stopped, new Given("a", "-", Local.NONE).calm()))
        .isEqualTo(NOTHING);
  }

  @Test
  void a_temporary_worker_runs_once() { // case 70
    Situation gone = new Given("a", "-", Local.NONE).with(true, true, true, false, true);

    assertThat(Reconciler.decide(wish(Status.WANTED), gone)).isEqualTo(START);
    assertThat(Reconciler.decide(wish(Status.STARTED), gone)).isEqualTo(new Action.Forget());
  }

  private static Action decide(Situation situation) {
    return Reconciler.decide(wish(Status.WANTED), situation);
  }

  private static DesiredWorker wish(Status status) {
    return new DesiredWorker(new ProcessName("w"), 1, status, A, "room", ByteString.EMPTY);
  }

  private record Given(String belongsOn, String runsOn, Local local) {

    Situation calm() {
      return with(true, true, true, false, false);
    }

    Situation with(
        boolean settled, boolean mayMove, boolean due, boolean leaving, boolean temporary) {
      return new Situation(
          A, node(belongsOn), node(runsOn), local, temporary, leaving, settled, mayMove, due);
    }

    private static Optional<NodeName> node(String name) {
      return name.equals("-") ? Optional.empty() : Optional.of(new NodeName(name));
    }
  }
}
