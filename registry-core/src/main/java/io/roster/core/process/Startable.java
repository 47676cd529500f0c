package io.roster.core.process;

/**
 * Something that runs as a process once it is started: a server, a supervisor, a task. Used for one
 * start only.
 *
 * @param <H> the handle that users get of it
 */
@FunctionalInterface
public interface Startable<H> {

  /** Spawns the process and returns without waiting for its {@code init}. */
  PendingStart<H> begin(ProcessSystem system, StartOptions options);
}
