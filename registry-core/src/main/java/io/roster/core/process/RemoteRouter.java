package io.roster.core.process;

import io.roster.core.identity.Destination;
import io.roster.core.identity.NodeName;
import io.roster.core.identity.Pid;
import io.roster.core.signal.Signal;

/**
 * The way to the processes of other nodes. Thread-safe; nothing here blocks.
 *
 * <p>Signals of one sender keep their order. What cannot be sent is answered as if the connection
 * were lost: the process system then fires the link or monitor with {@code NoConnection}.
 */
public interface RemoteRouter {

  /** No other node can be reached. */
  RemoteRouter NONE = new Unreachable();

  /**
   * Sends {@code signal} to a destination on another node.
   *
   * @param from the sender, {@link Pid#outside} for callers that are no process
   */
  SendResult route(Pid from, Destination to, Signal signal);

  /**
   * Sends a signal that is addressed to a node rather than to a process of it, such as {@link
   * Signal.Down}, which the node of its monitor takes.
   */
  SendResult route(Pid from, NodeName to, Signal signal);

  /** Reaches nobody. */
  final class Unreachable implements RemoteRouter {

    private Unreachable() {}

    @Override
    public SendResult route(Pid from, Destination to, Signal signal) {
      return new SendResult.ConnectionLost(to.nodeName());
    }

    @Override
    public SendResult route(Pid from, NodeName to, Signal signal) {
      return new SendResult.ConnectionLost(to);
    }
  }
}
