package io.roster.net.client;

import io.roster.core.identity.Destination;
import io.roster.core.process.Request.Outcome;
import io.roster.core.process.SendResult;
import io.roster.core.signal.ExitReason;
import io.roster.net.wire.ClientMessage.FailureKind;
import io.roster.net.wire.ClientMessage.Said;

/** Failures between their three forms: of the node's processes, of the wire and of the client. */
final class Failures {

  private Failures() {}

  /** A failure with a detail for people. */
  static Said.Failure of(FailureKind kind, String detail) {
    return new Said.Failure(kind, detail, 0, 0);
  }

  /**
   * What became of a message that was not delivered.
   *
   * @param mayHaveRun whether it had left before the connection broke
   */
  static Said.Failure of(SendResult result, boolean mayHaveRun) {
    return switch (result) {
      case SendResult.NoSuchProcess(Destination to) ->
          of(FailureKind.NO_SUCH_PROCESS, to.toString());
      case SendResult.ConnectionLost(var node) ->
          mayHaveRun
              ? of(FailureKind.UNKNOWN, "the link to node " + node + " was lost")
              : of(FailureKind.NO_CONNECTION, "no link to node " + node);
      case SendResult.Overloaded(var _, long queued) ->
          new Said.Failure(FailureKind.OVERLOADED, "", queued, 0);
      case SendResult.TooLarge(long bytes, long bytesMax) ->
          new Said.Failure(FailureKind.TOO_LARGE, "", bytes, bytesMax);
      case SendResult.NotEncodable(String detail) -> of(FailureKind.REFUSED, detail);
      case SendResult.Delivered() ->
          throw new IllegalArgumentException("expected a failure, got: delivered");
    };
  }

  /**
   * Why a question that was sent has no answer.
   *
   * @param mayHaveRun whether the question had left when this was decided
   */
  static Said.Failure of(Outcome outcome, boolean mayHaveRun) {
    return switch (outcome) {
      case Outcome.ServerEnded(Destination server, ExitReason.NoProcess()) ->
          of(FailureKind.NO_SUCH_PROCESS, server.toString());
      case Outcome.ServerEnded(var server, ExitReason reason) ->
          of(FailureKind.SERVER_DOWN, server + ": " + reason);
      case Outcome.Refused(SendResult why) -> of(why, mayHaveRun);
      case Outcome.TimedOut(var waited) -> of(FailureKind.UNKNOWN, "no answer within " + waited);
      case Outcome.Cancelled() -> of(FailureKind.UNKNOWN, "no answer in time");
      case Outcome.Replied(Object value) ->
          throw new IllegalArgumentException("expected a failure, got: " + value);
    };
  }

  /** A failure as the client's caller sees it. */
  static ClientFailure toClient(Said.Failure failure) {
    return switch (failure.kind()) {
      case NO_SUCH_NAME -> new ClientFailure.NoSuchName(failure.detail());
      case NO_SUCH_PROCESS -> new ClientFailure.NoSuchProcess(failure.detail());
      case SERVER_DOWN -> new ClientFailure.ServerDown(failure.detail());
      case NO_CONNECTION -> new ClientFailure.ConnectionLost(failure.detail());
      case OVERLOADED -> new ClientFailure.Overloaded(failure.amount());
      case TOO_LARGE -> new ClientFailure.TooLarge(failure.amount(), failure.limit());
      case REFUSED -> new ClientFailure.Refused(failure.detail());
      case UNKNOWN -> new ClientFailure.Unknown(failure.detail());
    };
  }
}
