package io.roster.node.fleet;

import com.google.protobuf.ByteString;
import io.roster.core.identity.Pid;
import io.roster.core.signal.ExitReason;
import java.util.List;

/** What a node tells a worker of its own. Never crosses the wire. Immutable. */
sealed interface WorkerCommand {

  /** The name is the worker's: begin as new. */
  record Begin() implements WorkerCommand {}

  /**
   * Take over a state, but act on nothing yet.
   *
   * @param state encoded
   */
  record Load(ByteString state) implements WorkerCommand {}

  /**
   * Act: on the backlog, on what was held back, on everything.
   *
   * @param backlog encoded, in order
   */
  record Open(List<ByteString> backlog) implements WorkerCommand {}

  /** Stop acting, hold back whatever comes, and give the state. */
  record Seal() implements WorkerCommand {}

  /** Go on after all. */
  record Resume() implements WorkerCommand {}

  /**
   * Give what was held back, and end as moved.
   *
   * @param to the new process
   */
  record Release(Pid to) implements WorkerCommand {}

  /**
   * Pass on what was held back, and end as moved.
   *
   * @param winner who has the name
   */
  record GiveWay(Pid winner) implements WorkerCommand {}

  /**
   * Merge the state of the loser of a conflict.
   *
   * @param state encoded
   */
  record Absorb(ByteString state) implements WorkerCommand {}

  /**
   * End.
   *
   * @param reason why
   */
  record Stop(ExitReason reason) implements WorkerCommand {}
}
