package io.roster.core.process;

/**
 * Something that runs as a process once it is started: a server, a supervisor, a task. Used for one
 * start only.
 *
 * @param <H> the handle that users get of it
 */
@FunctionalInterface
public interface Startable<H> {

  /**
   * Spawns the process, with these options, and returns without waiting for its {@code init}. To be
   * called by whoever starts it: the options may tie the two.
   */
  PendingStart<H> begin(ProcessSystem system, StartOptions options);
}
