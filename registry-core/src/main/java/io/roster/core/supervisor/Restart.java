package io.roster.core.supervisor;

/**
 * When a child that has ended is started again.
 *
 * @see <a href="https://www.erlang.org/doc/apps/stdlib/supervisor.html#t:restart/0">restart</a>
 */
public enum Restart {
  /** Always. */
  PERMANENT,
  /** Unless it ended as expected: {@code Normal} or {@code Shutdown}. */
  TRANSIENT,
  /** Never. */
  TEMPORARY
}
