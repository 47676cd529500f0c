package io.roster.node.fleet.handoff;

import com.google.protobuf.ByteString;
import io.roster.core.identity.Pid;
import java.util.List;

/** What the target of a move asks for. Immutable; each may be asked for again. */
public sealed interface TargetEffect {

  /**
   * Sends a message to the source, or drops it if there is no link.
   *
   * @param message what to send
   */
  record Send(HandOffMessage.ToSource message) implements TargetEffect {}

  /** Starts a process of the worker's type that holds back every message and has no name. */
  record StartStandby() implements TargetEffect {}

  /**
   * Gives the standby its state.
   *
   * @param state what the source's worker gave
   */
  record Load(ByteString state) implements TargetEffect {}

  /**
   * Takes the name from the source's process, which died with its node.
   *
   * @param from who had it when the move began
   */
  record TakeOver(Pid from) implements TargetEffect {}

  /** The standby is the owner; it still holds back what is sent to it directly. */
  record Own() implements TargetEffect {}

  /**
   * The standby handles the backlog, then what it held back, then everything.
   *
   * @param backlog what the source held back, encoded, in order
   */
  record Open(List<ByteString> backlog) implements TargetEffect {}

  /** Ends the standby. */
  record Discard() implements TargetEffect {}

  /**
   * The move is over.
   *
   * @param outcome how it ended
   */
  record Finish(HandOffOutcome outcome) implements TargetEffect {}
}
