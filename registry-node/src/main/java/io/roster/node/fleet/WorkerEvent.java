package io.roster.node.fleet;

import com.google.protobuf.ByteString;
import io.roster.core.identity.Pid;
import java.util.List;

/** What a worker tells its node. Immutable. */
sealed interface WorkerEvent {

  /** It has begun. */
  record Began() implements WorkerEvent {}

  /** Its {@code init} chose not to run; it ends. */
  record Ignored() implements WorkerEvent {}

  /**
   * Its {@code init} failed, or it could not take a state over; it ends.
   *
   * @param reason why, for people
   */
  record CannotRun(String reason) implements WorkerEvent {}

  /** It has the state that it was given. */
  record Loaded() implements WorkerEvent {}

  /**
   * It has stopped acting.
   *
   * @param state encoded
   */
  record Sealed(ByteString state) implements WorkerEvent {}

  /**
   * It cannot give its state, and goes on.
   *
   * @param reason why, for people
   */
  record SealFailed(String reason) implements WorkerEvent {}

  /**
   * It has given what it held back, and ends.
   *
   * @param backlog encoded, in order
   * @param lost how many messages could not be written
   */
  record Released(List<ByteString> backlog, int lost) implements WorkerEvent {}

  /** It holds back as much as it may. */
  record Full() implements WorkerEvent {}

  /**
   * It lost its name in a conflict, and ends.
   *
   * @param winner who has it
   * @param state encoded
   */
  record Lost(Pid winner, ByteString state) implements WorkerEvent {}

  /** Hears of events, on the worker's thread. */
  @FunctionalInterface
  interface Listener {

    /** Something happened to {@code pid}. */
    void on(Pid pid, WorkerEvent event);
  }
}
