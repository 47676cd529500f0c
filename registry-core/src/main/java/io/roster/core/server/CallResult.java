package io.roster.core.server;

import io.roster.core.identity.Named;
import io.roster.core.process.Request;
import io.roster.core.process.SendResult;
import io.roster.core.process.SendResult.ConnectionLost;
import io.roster.core.process.SendResult.Delivered;
import io.roster.core.process.SendResult.NoSuchProcess;
import io.roster.core.process.SendResult.NotEncodable;
import io.roster.core.process.SendResult.Overloaded;
import io.roster.core.process.SendResult.TooLarge;
import io.roster.core.signal.ExitReason;

/**
 * How a call ended. Immutable.
 *
 * @param <R> the reply
 */
public sealed interface CallResult<R> {

  /**
   * With a reply.
   *
   * @param value the reply
   * @param <R> its type
   */
  record Replied<R>(R value) implements CallResult<R> {}

  /**
   * Without one.
   *
   * @param failure why
   * @param <R> the reply's type
   */
  record Failed<R>(CallFailure failure) implements CallResult<R> {}

  /** A call that has no reply. */
  static <R> CallResult<R> failed(CallFailure failure) {
    return new Failed<>(failure);
  }

  /** Returns the reply, or throws {@link CallException} that carries the failure. */
  default R orElseThrow() {
    return switch (this) {
      case Replied<R>(R value) -> value;
      case Failed<R>(CallFailure failure) -> throw new CallException(failure);
    };
  }

  /** How a request ended, in terms of a call. */
  @SuppressWarnings("unchecked") // the reply's type was fixed by the ReplyTo that it came through
  static <R> CallResult<R> of(Request.Outcome outcome) {
    return switch (outcome) {
      case Request.Outcome.Replied(Object value) -> new Replied<>((R) value);
      case Request.Outcome.ServerEnded(Named name, ExitReason.NoProcess()) ->
          failed(new CallFailure.NoSuchName(name.name()));
      case Request.Outcome.ServerEnded(var server, ExitReason reason) ->
          failed(new CallFailure.ServerDown(server, reason));
      case Request.Outcome.TimedOut(var waited) -> failed(new CallFailure.TimedOut(waited));
      case Request.Outcome.Cancelled() -> failed(new CallFailure.Cancelled());
      case Request.Outcome.Refused(SendResult why) -> failed(refused(why));
    };
  }

  private static CallFailure refused(SendResult why) {
    return switch (why) {
      case NoSuchProcess(var to) -> new CallFailure.ServerDown(to, ExitReason.noProcess());
      case ConnectionLost(var node) -> new CallFailure.ConnectionLost(node);
      case Overloaded(var to, long queued) -> new CallFailure.Overloaded(to, queued);
      case TooLarge(long bytes, long bytesMax) -> new CallFailure.TooLarge(bytes, bytesMax);
      case NotEncodable(String detail) -> new CallFailure.NotEncodable(detail);
      case Delivered() -> throw new IllegalStateException("invariant: delivered is no refusal");
    };
  }
}
