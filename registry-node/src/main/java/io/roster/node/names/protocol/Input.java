package io.roster.node.names.protocol;

import io.roster.core.identity.NodeId;
import io.roster.core.identity.Pid;
import io.roster.core.identity.ProcessName;
import io.roster.node.names.store.StoreAnswer;
import io.roster.node.names.store.StoredName;
import java.util.List;
import java.util.Map;

/** What a {@link NameTable} hears of. Immutable. */
public sealed interface Input {

  /**
   * A process of this node wants a name. The shell has attached an exit hook to it: {@link Exited}
   * follows when it ends.
   *
   * @param request the caller's number for the answer
   * @param name the name
   * @param pid the process
   * @param metadata what it says of itself
   * @param mode what to do if the name is held
   * @param hybridTime the time of the claim
   * @param deadlineNanos when to give up
   */
  record Register(
      long request,
      ProcessName name,
      Pid pid,
      Map<String, String> metadata,
      Mode mode,
      long hybridTime,
      long deadlineNanos)
      implements Input {}

  /**
   * A process of this node gives a name up.
   *
   * @param request the caller's number for the answer
   * @param name the name
   * @param pid the process
   */
  record Unregister(long request, ProcessName name, Pid pid) implements Input {}

  /**
   * A process of this node ended.
   *
   * @param pid the process
   */
  record Exited(Pid pid) implements Input {}

  /**
   * A peer said something.
   *
   * @param from the peer
   * @param message what it said
   */
  record Received(NodeId from, NamesMessage message) implements Input {}

  /**
   * A link is up.
   *
   * @param peer the peer
   */
  record LinkUp(NodeId peer) implements Input {}

  /**
   * A link is down.
   *
   * @param peer the peer
   */
  record LinkDown(NodeId peer) implements Input {}

  /**
   * Gossip says that a node is up.
   *
   * @param node the node
   */
  record MemberUp(NodeId node) implements Input {}

  /**
   * Gossip says that a node failed, left or was replaced.
   *
   * @param node the node
   */
  record MemberDown(NodeId node) implements Input {}

  /**
   * The arbiter answered.
   *
   * @param ticket the number of the operation
   * @param answer what it said
   */
  record Stored(long ticket, StoreAnswer answer) implements Input {}

  /** The arbiter may have lost records. */
  record StoreRepaired() implements Input {}

  /**
   * Records that the arbiter keeps on this node.
   *
   * @param held some of them
   */
  record Scanned(List<StoredName.Held> held) implements Input {}

  /** Time has passed: send again, give up, compare. */
  record Tick() implements Input {}

  /** What to do about a name that is held already. */
  sealed interface Mode {

    /** Refuse. */
    record Unique() implements Mode {}

    /** Take it from whoever holds it; the holder lives on without it. */
    record Replace() implements Mode {}

    /**
     * Take it from this process and no other.
     *
     * @param from who must hold it now
     */
    record HandOver(Pid from) implements Mode {}
  }
}
