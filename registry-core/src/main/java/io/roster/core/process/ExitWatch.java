package io.roster.core.process;

import io.roster.core.identity.NodeName;
import io.roster.core.identity.Pid;
import io.roster.core.signal.ExitReason;
import io.roster.core.signal.Signal;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** Waits for the end of one process, without a mailbox to be told in. Thread-safe. */
public final class ExitWatch {

  private final ProcessSystem system;
  private final Pid watched;
  private final Request request;

  ExitWatch(ProcessSystem system, Pid watched, Request request) {
    this.system = system;
    this.watched = watched;
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

  /** The reason, if it has ended; {@code NoProcess} if it was not there to begin with. */
  public Optional<ExitReason> reason() {
    return request.outcome().flatMap(ExitWatch::endOf);
  }

  /** Calls {@code action} once at the end, on the thread that ends it; it must not block. */
  public void whenExited(Consumer<ExitReason> action) {
    request.whenDone(outcome -> endOf(outcome).ifPresent(action));
  }

  /**
   * Tells {@code process}, of this node, at the end, as a link would tell it if it traps exits:
   * whatever waits in its mailbox. Spares the table of monitors that {@link ProcessContext#monitor}
   * keeps, and cannot be flushed.
   */
  public void whenExitedTell(Pid process) {
    system
        .find(process)
        .ifPresent(
            cell -> whenExited(reason -> cell.offerSystem(new Signal.Exit(watched, reason, true))));
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
