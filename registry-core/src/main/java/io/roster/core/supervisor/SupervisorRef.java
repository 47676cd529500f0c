package io.roster.core.supervisor;

import io.roster.core.identity.Named;
import io.roster.core.identity.Pid;
import io.roster.core.naming.Via;
import io.roster.core.process.ProcessSystem;
import io.roster.core.process.StartOptions;
import io.roster.core.server.ReplyTo;
import io.roster.core.server.ServerRef;
import io.roster.core.signal.ExitReason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A handle of a {@link Supervisor}. Immutable, thread-safe. Requests wait for their answer; a
 * supervisor that is gone makes them throw {@code CallException}.
 */
public final class SupervisorRef {

  private final ServerRef<Op> server;

  SupervisorRef(ServerRef<Op> server) {
    this.server = server;
  }

  /** The supervisor at {@code pid}, of this node. */
  public static SupervisorRef of(ProcessSystem system, Pid pid) {
    return new SupervisorRef(ServerRef.of(system, pid));
  }

  /** The supervisor that goes by a name on this node. */
  public static SupervisorRef of(ProcessSystem system, Named name) {
    return new SupervisorRef(ServerRef.of(system, name));
  }

  /** The supervisor that goes by a name in a registry, on this node. */
  public static SupervisorRef of(ProcessSystem system, Via via) {
    return new SupervisorRef(ServerRef.of(system, via));
  }

  /**
   * Adds a child and starts it.
   *
   * @return {@code Started}, {@code Ignored}, {@code Failed}, {@code AlreadyStarted}, {@code
   *     AlreadyPresent} or {@code BadSpec}
   */
  public ChildResult startChild(ChildSpec spec) {
    return ask(replyTo -> new Op.StartChild(spec, replyTo));
  }

  /**
   * Stops a child. Its specification stays, unless it is temporary.
   *
   * @return {@code Done} or {@code NotFound}
   */
  public ChildResult terminateChild(String id) {
    return ask(replyTo -> new Op.TerminateChild(id, replyTo));
  }

  /**
   * Starts a child that is down.
   *
   * @return {@code Started}, {@code Ignored}, {@code Failed}, {@code Running}, {@code Restarting}
   *     or {@code NotFound}
   */
  public ChildResult restartChild(String id) {
    return ask(replyTo -> new Op.RestartChild(id, replyTo));
  }

  /**
   * Removes the specification of a child that is down.
   *
   * @return {@code Done}, {@code Running}, {@code Restarting} or {@code NotFound}
   */
  public ChildResult deleteChild(String id) {
    return ask(replyTo -> new Op.DeleteChild(id, replyTo));
  }

  /** The children in the order of their start. */
  public List<ChildInfo> children() {
    return ask(Op.ListChildren::new);
  }

  /** The child with {@code id}. */
  public Optional<ChildInfo> child(String id) {
    return children().stream().filter(child -> child.id().equals(id)).findFirst();
  }

  /** How many there are. */
  public ChildCounts counts() {
    return ask(Op.CountChildren::new);
  }

  /** What its children are partitions of, if it is a partition supervisor. */
  Optional<Partitions> partitions() {
    return ask(Op.FindPartitions::new);
  }

  /** The supervisor's process, as far as this node knows. */
  public Optional<Pid> pid() {
    return server.pid();
  }

  /**
   * Stops the supervisor and, in reverse order, its children.
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
    return "supervisor " + server;
  }
}
