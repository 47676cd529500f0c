package io.roster.core.server;

import io.roster.core.process.Request;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a question that may not have come yet. Thread-safe.
 *
 * @param <R> the answer
 * @see <a
 *     href="https://www.erlang.org/doc/apps/stdlib/gen_server.html#send_request/2">send_request</a>
 */
public final class PendingReply<R> {

  private final Request request;
  private final @Nullable CallFailure early;

  private PendingReply(Request request, @Nullable CallFailure early) {
    this.request = request;
    this.early = early;
  }

  static <R> PendingReply<R> of(Request request) {
    return new PendingReply<>(request, null);
  }

  static <R> PendingReply<R> failed(Request request, CallFailure failure) {
    request.cancel();
    return new PendingReply<>(request, failure);
  }

  /** Waits for the answer; when the time is over the question is given up. */
  public CallResult<R> await(Duration timeout) {
    return early == null ? CallResult.of(request.await(timeout)) : CallResult.failed(early);
  }

  /** The answer, if it is there. */
  public Optional<CallResult<R>> poll() {
    return early == null
        ? request.outcome().map(CallResult::of)
        : Optional.of(CallResult.failed(early));
  }

  /** Calls {@code action} once with the answer, on the thread that has it; it must not block. */
  public void whenDone(Consumer<CallResult<R>> action) {
    if (early == null) {
      request.whenDone(outcome -> action.accept(CallResult.of(outcome)));
    } else {
      action.accept(CallResult.failed(early));
    }
  }

  /** Gives the question up: an answer that comes later is dropped. */
  public void cancel() {
    request.cancel();
  }
}
