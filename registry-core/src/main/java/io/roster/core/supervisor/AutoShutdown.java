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
  ALL_SIGNIFICANT;

  /**
   * Whether the supervisor ends with a child that ended by itself and is not restarted. Pure.
   *
   * @param ended how that child is treated
   * @param significantLeft whether another significant child has not ended for good
   */
  boolean isDue(ChildPolicy ended, boolean significantLeft) {
    return ended.significant()
        && switch (this) {
          case NEVER -> false;
          case ANY_SIGNIFICANT -> true;
          case ALL_SIGNIFICANT -> !significantLeft;
        };
  }
}
