package io.roster.core.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Four children in order, each a letter. Case 97. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RestartPlanTest {

  /** For each strategy, whom the end of each child takes along. */
  private static final List<Arguments> GROUPS =
      List.of(
          Arguments.of(RestartStrategy.ONE_FOR_ONE, 'a', "a"),
          Arguments.of(RestartStrategy.ONE_FOR_ONE, 'b', "b"),
          Arguments.of(RestartStrategy.ONE_FOR_ONE, 'c', "c"),
          Arguments.of(RestartStrategy.ONE_FOR_ONE, 'd', "d"),
          Arguments.of(RestartStrategy.ONE_FOR_ALL, 'a', "abcd"),
          Arguments.of(RestartStrategy.ONE_FOR_ALL, 'b', "abcd"),
          Arguments.of(RestartStrategy.ONE_FOR_ALL, 'c', "abcd"),
          Arguments.of(RestartStrategy.ONE_FOR_ALL, 'd', "abcd"),
          Arguments.of(RestartStrategy.REST_FOR_ONE, 'a', "abcd"),
          Arguments.of(RestartStrategy.REST_FOR_ONE, 'b', "bcd"),
          Arguments.of(RestartStrategy.REST_FOR_ONE, 'c', "cd"),
          Arguments.of(RestartStrategy.REST_FOR_ONE, 'd', "d"));

  /** Each of them with each choice of temporary children. */
  static Stream<Arguments> groups() {
    return GROUPS.stream()
        .flatMap(
            row ->
                subsets("abcd").stream()
                    .map(
                        temporary ->
                            Arguments.of(row.get()[0], row.get()[1], row.get()[2], temporary)));
  }

  private static List<String> subsets(String of) {
    var all = new ArrayList<>(List.of(""));
    for (char each : letters(of)) {
      all.addAll(all.stream().map(some -> some + each).toList());
    }
    return all;
  }

  private static List<Character> letters(String word) {
    return word.chars().mapToObj(each -> (char) each).toList();
  }

  private static String word(List<Character> letters) {
    var word = new StringBuilder();
    letters.forEach(word::append);
    return word.toString();
  }

  private static RestartPlan<Character> plan(
      RestartStrategy strategy, String inOrder, char failed, String temporary) {
    return RestartPlan.of(strategy, letters(inOrder), failed, each -> temporary.indexOf(each) >= 0);
  }

  @ParameterizedTest(name = "{0}, {1} fails, temporary: {3}")
  @MethodSource("groups")
  void a_group_stops_in_reverse_and_starts_in_order_without_its_temporary_siblings(
      RestartStrategy strategy, char failed, String group, String temporary) {
    RestartPlan<Character> plan = plan(strategy, "abcd", failed, temporary);

    String siblings = temporary.replace(String.valueOf(failed), "");
    assertThat(word(plan.stopped())).isEqualTo(new StringBuilder(group).reverse().toString());
    assertThat(word(plan.started()))
        .isEqualTo(siblings.isEmpty() ? group : group.replaceAll("[" + siblings + "]", ""));
    assertThat(word(plan.forgotten()))
        .isEqualTo(siblings.isEmpty() ? "" : group.replaceAll("[^" + siblings + "]", ""));
  }

  @ParameterizedTest(name = "{0}, {1} fails, {2} does not start: {3} ran on, {4} stops, {5} starts")
  @CsvSource({
    "ONE_FOR_ONE, a, a, '', a, a",
    "ONE_FOR_ONE, d, d, '', d, d",
    "ONE_FOR_ALL, a, a, '', dcba, abcd",
    "ONE_FOR_ALL, a, b, '', dcba, abcd",
    "ONE_FOR_ALL, a, c, '', dcba, abcd",
    "ONE_FOR_ALL, a, d, '', dcba, abcd",
    "ONE_FOR_ALL, b, a, '', dcba, abcd",
    "ONE_FOR_ALL, b, b, '', dcba, abcd",
    "ONE_FOR_ALL, b, c, '', dcba, abcd",
    "ONE_FOR_ALL, b, d, '', dcba, abcd",
    "ONE_FOR_ALL, c, a, '', dcba, abcd",
    "ONE_FOR_ALL, c, b, '', dcba, abcd",
    "ONE_FOR_ALL, c, c, '', dcba, abcd",
    "ONE_FOR_ALL, c, d, '', dcba, abcd",
    "ONE_FOR_ALL, d, a, '', dcba, abcd",
    "ONE_FOR_ALL, d, b, '', dcba, abcd",
    "ONE_FOR_ALL, d, c, '', dcba, abcd",
    "ONE_FOR_ALL, d, d, '', dcba, abcd",
    "REST_FOR_ONE, a, a, '', dcba, abcd",
    "REST_FOR_ONE, a, b, a, dcb, bcd",
    "REST_FOR_ONE, a, c, ab, dc, cd",
    "REST_FOR_ONE, a, d, abc, d, d",
    "REST_FOR_ONE, b, b, '', dcb, bcd",
    "REST_FOR_ONE, b, c, b, dc, cd",
    "REST_FOR_ONE, b, d, bc, d, d",
    "REST_FOR_ONE, c, c, '', dc, cd",
    "REST_FOR_ONE, c, d, c, d, d",
    "REST_FOR_ONE, d, d, '', d, d",
  })
  void the_next_attempt_is_for_the_child_that_did_not_start(
      RestartStrategy strategy,
      char failed,
      char broken,
      String runsOn,
      String stopped,
      String started) {
    RestartPlan<Character> first = plan(strategy, "abcd", failed, "");
    assertThat(first.started()).contains(broken);

    RestartPlan<Character> next = plan(strategy, "abcd", broken, "");

    assertThat(word(next.stopped())).isEqualTo(stopped);
    assertThat(word(next.started())).isEqualTo(started);
    String startedBefore = word(first.started()).split(String.valueOf(broken), 2)[0];
    assertThat(startedBefore.replaceAll("[" + stopped + "]", "")).isEqualTo(runsOn);
  }
}
