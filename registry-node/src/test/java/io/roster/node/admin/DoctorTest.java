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

  @Test
  void members_of_several_protocol_versions_are_told_of_while_all_meet() {
    var check =
        protocols(
            member("a", 7, "alive", 1, 1),
            member("b", 9, "alive", 1, 2),
            member("c", 9, "alive", 1, 2));

    assertThat(check.ok()).isTrue();
    assertThat(check.detail()).endsWith("; 1 speak 1, 2 speak 1 to 2");
    assertThat(protocols(member("a", 7, "alive"), member("b", 9, "alive")).detail())
        .endsWith("; all speak 1");
  }

  @Test
  void members_that_share_no_protocol_version_are_named() {
    var check =
        protocols(
            member("a", 7, "alive", 1, 2),
            member("b", 9, "alive", 2, 4),
            member("c", 9, "suspect", 3, 4));

    assertThat(check.ok()).isFalse();
    assertThat(check.detail())
        .startsWith("1 pairs of protocol versions that have none in common: ")
        .contains(": 1 to 2 of a and 3 to 4 of c;");
  }

  @Test
  void a_member_that_is_down_need_not_be_spoken_with() {
    assertThat(protocols(member("a", 7, "alive", 1, 1), member("b", 9, "dead", 3, 4)).ok())
        .isTrue();
  }

  private static Check protocols(MemberRow... members) {
    return Doctor.examine(answers(List.of(members), List.of(), List.of())).stream()
        .filter(check -> check.name().equals("protocols meet"))
        .findFirst()
        .orElseThrow();
  }

  private static Doctor.Answers answers(List<NameRow> names, List<WorkerRow> workers) {
    var members =
        List.of(member("a", 7, "alive"), member("b", 9, "suspect"), member("c", 5, "dead"));
    return answers(members, names, workers);
  }

  private static Doctor.Answers answers(
      List<MemberRow> members, List<NameRow> names, List<WorkerRow> workers) {
    return new Doctor.Answers(
        new NodeView.Members("a", 7, members, true, 0, 0, 0),
        names,
        workers,
        NodeView.Readiness.of(List.of(new Check("joined", true, "2 members are up"))));
  }

  private static MemberRow member(String name, long incarnation, String state) {
    return member(name, incarnation, state, 1, 1);
  }

  private static MemberRow member(String name, long incarnation, String state, int old, int young) {
    return new MemberRow(
        name,
        incarnation,
        state,
        0,
        -1,
        "",
        "",
        true,
        "",
        true,
        true,
        false,
        1,
        List.of(),
        old,
        young,
        0);
  }
}
