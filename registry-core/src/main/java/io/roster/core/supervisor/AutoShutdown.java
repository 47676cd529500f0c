package io.roster.core.supervisor;

/**
 * Whether a supervisor ends with its significant children.
 *
 * @see <a href="https://www.erlang.org/doc/apps/stdlib/supervisor.html#t:auto_shutdown/0">auto
 *     shutdown</a>
 */
public enum AutoShutdown {
  /** No. There may be no significant child. */
  NEVER,
  /** When one of them has ended by itself and is not started again. */
  ANY_SIGNIFICANT,
  /** When the last of them has. */
  ALL_SIGNIFICANT
}
