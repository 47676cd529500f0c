package io.roster.core.signal;

import io.roster.core.identity.NodeName;
import io.roster.core.identity.Pid;
import io.roster.core.identity.ProcessName;
import org.jspecify.annotations.Nullable;

/**
 * Why a process ended. Immutable.
 *
 * @see <a href="https://www.erlang.org/doc/system/ref_man_processes.html#process-termination">exit
 *     reasons</a>
 */
public sealed interface ExitReason {

  /** The process finished its work. Links ignore it; monitors still hear of it. */
  record Normal() implements ExitReason {}

  /**
   * Someone in charge asked for an orderly stop.
   *
   * @param detail why, or empty
   */
  record Shutdown(String detail) implements ExitReason {}

  /** An exit that could not be trapped. */
  record Killed() implements ExitReason {}

  /**
   * The process's own code failed.
   *
   * @param summary what happened, for people; it always crosses the wire
   * @param detail what happened, for programs: immutable, or null. It crosses the wire if its type
   *     is registered as a message on both nodes
   */
  record Crashed(String summary, @Nullable Object detail) implements ExitReason {

    /** A crash that says for people alone what happened. */
    public Crashed(String summary) {
      this(summary, null);
    }
  }

  /** The process was already gone, or never was. */
  record NoProcess() implements ExitReason {}

  /**
   * The node became unreachable, so whether the process lives is unknown.
   *
   * @param node the node that cannot be reached
   */
  record NoConnection(NodeName node) implements ExitReason {}

  /**
   * The process goes on elsewhere under another pid.
   *
   * @param to its new pid
   */
  record Moved(Pid to) implements ExitReason {}

  /**
   * The process's node is leaving the cluster.
   *
   * @param node that node
   */
  record NodeLeaving(NodeName node) implements ExitReason {}

  /**
   * The process's side of a split is too small to go on.
   *
   * @param scope the scope of names that asks for a majority
   */
  record QuorumLost(String scope) implements ExitReason {}

  /**
   * Another process kept the name when two parts of the cluster met again.
   *
   * @param name the name that was lost
   * @param winner the process that has it now
   */
  record NameConflict(ProcessName name, Pid winner) implements ExitReason {}

  /** {@link Normal}. */
  static ExitReason normal() {
    return new Normal();
  }

  /** {@link Shutdown} without a detail. */
  static ExitReason shutdown() {
    return new Shutdown("");
  }

  /** {@link Killed}: sent to a process, it cannot be trapped. */
  static ExitReason killed() {
    return new Killed();
  }

  /** {@link NoProcess}. */
  static ExitReason noProcess() {
    return new NoProcess();
  }

  /** Whether a transient child that ended so stays down. */
  default boolean isExpected() {
    return switch (this) {
      case Normal _, Shutdown _ -> true;
      case Killed _,
          Crashed _,
          NoProcess _,
          NoConnection _,
          Moved _,
          NodeLeaving _,
          QuorumLost _,
          NameConflict _ ->
          false;
    };
  }

  /**
   * Whether the process was given up on purpose: no local supervisor restarts it, whatever its
   * restart value, and it never counts against the restart limit.
   */
  default boolean isRelinquished() {
    return switch (this) {
      case Moved _, NodeLeaving _, QuorumLost _, NameConflict _ -> true;
      case Normal _, Shutdown _, Killed _, Crashed _, NoProcess _, NoConnection _ -> false;
    };
  }
}
