package io.roster.node.fleet.handoff;

import com.google.protobuf.ByteString;
import io.roster.core.identity.Pid;
import io.roster.core.identity.ProcessName;
import java.util.List;

/**
 * What the two nodes of a move say to each other. Immutable; every message may come twice, and any
 * may be lost with its link.
 */
public sealed interface HandOffMessage {

  /** The move that it belongs to. */
  MoveId move();

  /** What the source says. */
  sealed interface ToTarget extends HandOffMessage {}

  /** What the target says. */
  sealed interface ToSource extends HandOffMessage {}

  /**
   * Asks for a standby: a process of the worker's type without its name.
   *
   * @param move the move
   * @param name the worker
   * @param workerType alias of its type
   * @param args its arguments, encoded
   * @param owner the process that has the name now
   */
  record Prepare(MoveId move, ProcessName name, String workerType, ByteString args, Pid owner)
      implements ToTarget {}

  /**
   * The standby waits for the state.
   *
   * @param move the move
   * @param standby its pid, the worker's new one
   */
  record Prepared(MoveId move, Pid standby) implements ToSource {}

  /**
   * The target will not have the worker, or no longer knows the move. Its standby, if there was
   * one, is gone.
   *
   * @param move the move
   * @param reason why, for people
   */
  record Refused(MoveId move, String reason) implements ToSource {}

  /**
   * A piece of the state.
   *
   * @param move the move
   * @param index its place, from zero
   * @param count how many there are, at least one
   * @param checksum of the whole state
   * @param bytes the piece
   */
  record Chunk(MoveId move, int index, int count, long checksum, ByteString bytes)
      implements ToTarget {}

  /**
   * The standby has the whole state and could go on.
   *
   * @param move the move
   */
  record Ready(MoveId move) implements ToSource {}

  /**
   * The name is the standby's: it goes on.
   *
   * @param move the move
   * @param standby its pid, by which the target knows it even if it has forgotten the move
   */
  record Commit(MoveId move, Pid standby) implements ToTarget {}

  /**
   * The target acts as owner; the source may forget the state.
   *
   * @param move the move
   */
  record Taken(MoveId move) implements ToSource {}

  /**
   * Messages that reached the source between seal and release.
   *
   * @param move the move
   * @param index the batch's place in the order of arrival, from zero
   * @param bodies the messages, encoded, in order of arrival
   */
  record Backlog(MoveId move, int index, List<ByteString> bodies) implements ToTarget {

    /** Copies the list. */
    public Backlog {
      bodies = List.copyOf(bodies);
    }
  }

  /**
   * The end of the backlog: what was sent to the new pid directly may be handled after it.
   *
   * @param move the move
   * @param count how many batches there were
   */
  record BacklogEnd(MoveId move, int count) implements ToTarget {}

  /**
   * The whole backlog has arrived.
   *
   * @param move the move
   */
  record Opened(MoveId move) implements ToSource {}

  /**
   * The worker stays where it is; the standby is not needed. Never sent once the name has moved.
   *
   * @param move the move
   * @param reason why, for people
   */
  record Abort(MoveId move, String reason) implements ToTarget {}
}
