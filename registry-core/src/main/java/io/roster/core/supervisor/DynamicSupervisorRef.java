package io.roster.core.supervisor;

import io.roster.core.identity.Named;
import io.roster.core.identity.Pid;
import io.roster.core.naming.Via;
import io.roster.core.process.ProcessSystem;
import io.roster.core.process.StartOptions;
import io.roster.core.server.CallResult;
import io.roster.core.server.PendingReply;
import io.roster.core.server.ReplyTo;
import io.roster.core.server.ServerRef;
import io.roster.core.signal.ExitReason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A handle of a {@link DynamicSupervisor}. Immutable, thread-safe. Requests wait for their answer;
 * a supervisor that is gone makes them throw {@code CallException}.
 */
public final class DynamicSupervisorRef {

  private final ServerRef<Op> server;

  DynamicSupervisorRef(ServerRef<Op> server) {
    this.server = server;
  }

  /** The supervisor at {@code pid}, of this node. */
  public static DynamicSupervisorRef of(ProcessSystem system, Pid pid) {
    return new DynamicSupervisorRef(ServerRef.of(system, pid));
  }

  /** The supervisor that goes by a name on this node. */
  public static DynamicSupervisorRef of(ProcessSystem system, Named name) {
    return new DynamicSupervisorRef(ServerRef.of(system, name));
  }

  /** The supervisor that goes by a name in a registry, on this node. */
  public static DynamicSupervisorRef of(ProcessSystem system, Via via) {
    return new DynamicSupervisorRef(ServerRef.of(system, via));
  }

  /**
   * Starts a child; its id need not differ from others'.
   *
   * @return {@code Started}, {@code Ignored}, {@code Failed}, {@code AlreadyStarted} (its name is
   *     taken), {@code MaxChildren} or {@code BadSpec}
   */
  public ChildResult startChild(ChildSpec spec) {
    return ask(replyTo -> new Op.StartChild(spec, replyTo));
  }

  /** Starts a child, waiting no longer than {@code timeout}; it may still start afterwards. */
  public CallResult<ChildResult> startChild(ChildSpec spec, Duration timeout) {
    return server.call(replyTo -> new Op.StartChild(spec, replyTo), timeout);
  }

  /** Starts a child without waiting for it. */
  public PendingReply<ChildResult> startChildLater(ChildSpec spec) {
    return server.ask(replyTo -> new Op.StartChild(spec, replyTo));
  }

  /**
   * Stops a child and forgets it.
   *
   * @return {@code Done} or {@code NotFound}
   */
  public ChildResult terminateChild(Pid pid) {
    return ask(replyTo -> new Op.TerminateProcess(pid, replyTo));
  }

  /** The children in the order of their start. */
  public List<ChildInfo> children() {
    return ask(Op.ListChildren::new);
  }

  /** How many there are. */
  public ChildCounts counts() {
    return ask(Op.CountChildren::new);
  }

  /** The supervisor's process, as far as this node knows. */
  public Optional<Pid> pid() {
    return server.pid();
  }

  /**
   * Stops the supervisor and, all at once, its children.
   *
   * @return the reason it ended with; empty if it still runs after {@code timeout}
   */
  public Optional<ExitReason> stop(Duration timeout) {
    return server.stop(ExitReason.shutdown(), timeout);
  }

  private <R> R ask(Function<ReplyTo<R>, Op> request) {
    return server.call(request, StartOptions.UNLIMITED).orElseThrow();
  }

  @Override
  public String toString() {
    return "dynamic supervisor " + server;
  }
}
