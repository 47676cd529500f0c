package io.roster.core.process;

/** Which kind of thread runs a server's handlers. */
public enum RunsOn {
  /** A virtual thread: cheap, may block, must not compute for long. */
  VIRTUAL,
  /** A platform thread: for servers that compute or must not wait for those that do. */
  PLATFORM
}
