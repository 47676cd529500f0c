package io.roster.core.process;

import io.roster.core.identity.Pid;
import io.roster.core.identity.ProcessName;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a process at one moment. Immutable; read without stopping the process, so the
 * numbers need not fit together exactly.
 *
 * @param pid the process
 * @param label what it runs
 * @param status what it does
 * @param names its names on this node
 * @param links who it is linked to
 * @param monitors how many others it watches
 * @param watchers how many others watch it, calls that wait for it among them
 * @param mailboxLength messages that wait
 * @param handled messages that it has taken
 * @param busyNanos how long its handlers have run
 * @param trapsExits whether exit signals reach it as messages
 * @param ancestors who started it, the nearest first
 * @param callers on whose behalf it runs now: of a server who asked what it handles, of a task who
 *     waits for it and who that one works for, the nearest first
 * @param currentCall the call that a server handles now, as it was sent
 * @see <a href="https://www.erlang.org/doc/apps/erts/erlang.html#process_info/2">process_info</a>
 */
public record ProcessInfo(
    Pid pid,
    String label,
    Status status,
    List<ProcessName> names,
    List<Pid> links,
    int monitors,
    int watchers,
    int mailboxLength,
    long handled,
    long busyNanos,
    boolean trapsExits,
    List<Pid> ancestors,
    List<Pid> callers,
    Optional<Object> currentCall) {

  /** What a process does. */
  public enum Status {
    /** Nothing, until something comes. */
    WAITING,
    /** It runs, or is about to. */
    RUNNING,
    /** It was told to hold still. */
    SUSPENDED,
    /** It has ended. */
    EXITED
  }
}
