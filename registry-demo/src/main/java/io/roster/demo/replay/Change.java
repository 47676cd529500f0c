package io.roster.demo.replay;

/** Something that changes the cluster in the middle of a replay, such as a node that joins. */
@FunctionalInterface
public interface Change {

  /** Makes the change and returns when it is complete. */
  void make() throws InterruptedException;
}
