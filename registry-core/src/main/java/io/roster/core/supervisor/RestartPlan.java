package io.roster.core.supervisor;

import java.util.List;
import java.util.function.Predicate;

/**
 * How a child restarts and its group with it. When a start fails, those that started before it run
 * on and those that come after it stay down until the next attempt, which is a plan of its own for
 * the child that failed. Pure; immutable.
 *
 * @param stopped the group, the last started first
 * @param forgotten who of the group has ended for good: temporary siblings
 * @param started the rest of the group, in the order of starts
 * @see <a href="https://www.erlang.org/doc/apps/stdlib/supervisor.html#t:strategy/0">strategy</a>
 */
record RestartPlan<T>(List<T> stopped, List<T> forgotten, List<T> started) {

  static <T> RestartPlan<T> of(
      RestartStrategy strategy, List<T> inOrder, T failed, Predicate<T> isTemporary) {
    List<T> group = strategy.group(inOrder, failed);
    Predicate<T> endsForGood = each -> !each.equals(failed) && isTemporary.test(each);
    return new RestartPlan<>(
        group.reversed(),
        group.stream().filter(endsForGood).toList(),
        group.stream().filter(endsForGood.negate()).toList());
  }
}
