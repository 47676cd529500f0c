package io.roster.node.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.node.admin.NodeView.Check;
import io.roster.node.admin.NodeView.MemberRow;
import io.roster.node.admin.NodeView.NameRow;
import io.roster.node.admin.NodeView.WorkerRow;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DoctorTest {

  private static final NameRow OF_A = new NameRow("x", "a", "<a#7.1>", 1);
  private static final NameRow OF_B = new NameRow("y", "b", "<b#9.1>", 1);

  @Test
  void a_healthy_node_passes_every_check() {
    assertThat(Doctor.examine(answers(List.of(OF_A, OF_B), List.of()))).allMatch(Check::ok);
  }

  @Test
  void a_name_of_an_earlier_start_of_a_node_is_a_ghost() {
    var ghost = new NameRow("z", "a", "<a#6.1>", 1);

    var checks = Doctor.examine(answers(List.of(OF_A, ghost), List.of()));

    assertThat(failing(checks)).containsExactly("no ghosts");
    assertThat(checks.getFirst().detail()).contains("1 names", "z").doesNotContain("x,");
  }

  @Test
  void a_name_of_a_node_whose_incarnation_begins_alike_is_no_ghost_by_chance() {
    var ghost = new NameRow("z", "a", "<a#70.1>", 1);

    assertThat(failing(Doctor.examine(answers(List.of(ghost), List.of()))))
        .containsExactly("no ghosts");
  }

  @Test
  void a_worker_that_runs_nowhere_is_an_orphan() {
    var orphan = new WorkerRow("w", "room", "a", "", "");

    assertThat(failing(Doctor.examine(answers(List.of(), List.of(orphan)))))
        .containsExactly("no orphans");
  }

  @Test
  void replicas_that_name_another_owner_or_lack_a_name_differ() {
    var other = new NameRow("x", "b", "<b#9.2>", 2);

    assertThat(Doctor.compare(Map.of("a", List.of(OF_A), "b", List.of(OF_A))).ok()).isTrue();
    assertThat(Doctor.compare(Map.of("a", List.of(OF_A), "b", List.of(other))).ok()).isFalse();
    assertThat(Doctor.compare(Map.of("a", List.of(OF_A, OF_B), "b", List.of(OF_A))).detail())
        .contains("1 names", "y");
  }

  private static List<String> failing(List<Check> checks) {
    return checks.stream().filter(check -> !check.ok()).map(Check::name).toList();
  }

  private static Doctor.Answers answers(List<NameRow> names, List<WorkerRow> workers) {
    var members =
        List.of(member("a", 7, "alive"), member("b", 9, "suspect"), member("c", 5, "dead"));
    return new Doctor.Answers(
        new NodeView.Members("a", 7, members, true, 0, 0, 0),
        names,
        workers,
        NodeView.Readiness.of(List.of(new Check("joined", true, "2 members are up"))));
  }

  private static MemberRow member(String name, long incarnation, String state) {
    return new MemberRow(
        name, incarnation, state, 0, -1, "", "", true, "", true, true, false, 1, List.of());
  }
}
