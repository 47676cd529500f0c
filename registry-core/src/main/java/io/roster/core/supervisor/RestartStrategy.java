package io.roster.core.supervisor;

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
  REST_FOR_ONE
}
