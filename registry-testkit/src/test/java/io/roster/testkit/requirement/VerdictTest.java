package io.roster.testkit.requirement;

import static io.roster.testkit.requirement.Requirement.DOCKER;
import static io.roster.testkit.requirement.Requirement.NETNS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class VerdictTest {

  @Test
  void a_test_runs_where_everything_it_needs_is_there() {
    assertThat(Verdict.on(List.of(NETNS), VerdictTest::noDocker, Set.of(NETNS, DOCKER)))
        .isEqualTo(new Verdict.Run());
  }

  @Test
  void a_test_is_left_out_with_its_reason_and_remedy_where_something_is_missing() {
    assertThat(Verdict.on(List.of(NETNS, DOCKER), VerdictTest::noDocker, Set.of(NETNS)))
        .isEqualTo(
            new Verdict.LeaveOut(
                List.of("needs docker: no socket; to run it, " + DOCKER.remedy())));
  }

  @Test
  void a_test_fails_where_what_is_missing_must_not_be() {
    assertThat(Verdict.on(List.of(NETNS, DOCKER), VerdictTest::noDocker, Set.of(DOCKER)))
        .isInstanceOf(Verdict.Fail.class);
  }

  @Test
  void the_variable_lists_labels() {
    assertThat(Requirement.parse(null)).isEmpty();
    assertThat(Requirement.parse(" ")).isEmpty();
    assertThat(Requirement.parse("netns, docker")).containsExactly(NETNS, DOCKER);
  }

  @Test
  void a_misspelt_label_is_refused() {
    assertThatThrownBy(() -> Requirement.parse("netns,dokcer"))
        .hasMessage("expected ROSTER_REQUIRE to list some of netns, docker, got: dokcer");
  }

  private static Optional<String> noDocker(Requirement requirement) {
    return requirement == DOCKER ? Optional.of("no socket") : Optional.empty();
  }
}
