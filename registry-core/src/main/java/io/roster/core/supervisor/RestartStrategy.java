package io.roster.core.supervisor;

import java.util.List;

/**
 * Who is started again with a child that has failed.
 *
 * @see <a href="https://www.erlang.org/doc/apps/stdlib/supervisor.html#t:strategy/0">strategy</a>
 */
public enum RestartStrategy {
  /** It alone: the children are independent. */
  ONE_FOR_ONE,
  /** All children: none makes sense without the others. */
  ONE_FOR_ALL,
  /** It and those started after it: later ones build on earlier ones. */
  REST_FOR_ONE;

  /**
   * Who restarts with {@code failed}, in the order of {@code inOrder}: they are stopped in the
   * reverse of it and started in it. Pure.
   */
  <T> List<T> group(List<T> inOrder, T failed) {
    return switch (this) {
      case ONE_FOR_ONE -> List.of(failed);
      case ONE_FOR_ALL -> inOrder;
      case REST_FOR_ONE -> inOrder.subList(inOrder.indexOf(failed), inOrder.size());
    };
  }
}
