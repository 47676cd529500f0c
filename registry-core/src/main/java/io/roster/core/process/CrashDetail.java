package io.roster.core.process;

/**
 * Implemented by exceptions that say in a typed way why the process crashed. What {@link #detail}
 * returns becomes the detail of the {@code Crashed} that links, monitors and callers see.
 */
@FunctionalInterface
public interface CrashDetail {

  /**
   * What happened, immutable. It crosses the wire if its type is registered as a message on both
   * nodes; otherwise the summary alone does.
   */
  Object detail();
}
