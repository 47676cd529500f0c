package io.roster.core.process;

import io.roster.core.identity.NodeName;
import io.roster.core.signal.ExitReason;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** Waits for the end of one process, without a mailbox to be told in. Thread-safe. */
public final class ExitWatch {

  private final Request request;

  ExitWatch(Request request) {
    this.request = request;
  }

  /**
   * Waits.
   *
   * @return the reason it ended with, {@code NoProcess} if it was not there to begin with; empty if
   *     it still runs after {@code timeout}; it can be awaited again
   */
  public Optional<ExitReason> await(Duration timeout) {
    return request.awaitFor(timeout).flatMap(ExitWatch::endOf);
  }

  /** Calls {@code action} once at the end, on the thread that ends it; it must not block. */
  public void whenExited(Consumer<ExitReason> action) {
    request.whenDone(outcome -> endOf(outcome).ifPresent(action));
  }

  /** Stops watching. */
  public void cancel() {
    request.cancel();
  }

  private static Optional<ExitReason> endOf(Request.Outcome outcome) {
    return switch (outcome) {
      case Request.Outcome.ServerEnded(_, ExitReason reason) -> Optional.of(reason);
      case Request.Outcome.Refused(SendResult.ConnectionLost(NodeName lost)) ->
          Optional.of(new ExitReason.NoConnection(lost));
      case Request.Outcome.Refused _,
          Request.Outcome.Replied _,
          Request.Outcome.TimedOut _,
          Request.Outcome.Cancelled _ ->
          Optional.empty();
    };
  }
}
