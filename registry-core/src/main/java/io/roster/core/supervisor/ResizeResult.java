package io.roster.core.supervisor;

/** What came of a change of the number of partitions. Immutable. */
public sealed interface ResizeResult {

  /**
   * There are so many now.
   *
   * @param partitions how many
   */
  record Resized(int partitions) implements ResizeResult {}

  /**
   * A partition could not be started, so there are as many as before, and the same ones.
   *
   * @param partition which
   * @param why what became of its start
   */
  record NotStarted(int partition, ChildResult why) implements ResizeResult {}
}
