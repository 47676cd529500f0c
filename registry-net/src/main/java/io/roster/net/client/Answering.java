package io.roster.net.client;

import com.google.protobuf.ByteString;
import io.roster.core.identity.Destination;
import io.roster.core.identity.Pid;
import io.roster.core.identity.ProcessName;
import io.roster.core.process.ProcessSystem;
import io.roster.core.process.Request;
import io.roster.core.process.SendResult;
import io.roster.core.server.ReplyTo;
import io.roster.core.signal.ExitReason;
import io.roster.net.codec.CodecException;
import io.roster.net.codec.MessageTypes;
import io.roster.net.wire.ClientMessage.Asked;
import io.roster.net.wire.ClientMessage.FailureKind;
import io.roster.net.wire.ClientMessage.Said;
import io.roster.net.wire.ClientMessage.Whom;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/*
 * One question goes through: find the process → send → wait. A name may lead to a process that has
 * just ended or is being moved; then the question certainly has not run, and the name is asked
 * again, until the client's time is over. What has been sent is never sent again.
 */
/** How a node answers one question of a client. Thread-safe; nothing here blocks. */
final class Answering {

  /** How often one question may find its process gone. */
  private static final int ATTEMPTS_MAX = 50;

  private final ProcessSystem system;
  private final MessageTypes types;
  private final NameResolver names;

  Answering(ProcessSystem system, MessageTypes types, NameResolver names) {
    this.system = system;
    this.types = types;
    this.names = names;
  }

  ProcessSystem system() {
    return system;
  }

  /** Who has {@code name}. */
  CompletionStage<Said> whereis(ProcessName name, Duration budget) {
    return names.resolve(name, budget).thenApply(Said.Whereabouts::new);
  }

  /** Finds whom {@code to} means; a failure if nobody. */
  CompletionStage<Optional<Destination>> find(Whom to, Duration budget) {
    return switch (to) {
      case Whom.At(Destination destination) ->
          CompletableFuture.completedFuture(Optional.of(destination));
      case Whom.Global(ProcessName name) ->
          names.resolve(name, budget).thenApply(pid -> pid.map(found -> found));
    };
  }

  /** Delivers a message to the process that was found. Sends before it returns. */
  CompletionStage<Said> deliver(Question question, Optional<Destination> found) {
    if (found.isEmpty()) {
      return CompletableFuture.completedFuture(noSuchName(question.deliver().to()));
    }
    return question.deliver().awaitsAnswer()
        ? call(question, found.get())
        : send(question, found.get());
  }

  private CompletionStage<Said> send(Question question, Destination to) {
    SendResult result;
    try {
      result = system.send(to, decode(question, Optional.empty()));
    } catch (CodecException e) {
      return refused(e);
    }
    return switch (result) {
      case SendResult.Delivered() -> CompletableFuture.completedFuture(new Said.Delivered());
      case SendResult.NoSuchProcess _ -> again(question, to);
      case SendResult.ConnectionLost _,
          SendResult.Overloaded _,
          SendResult.TooLarge _,
          SendResult.NotEncodable _ ->
          CompletableFuture.completedFuture(Failures.of(result, false));
    };
  }

  private CompletionStage<Said> call(Question question, Destination to) {
    var request = system.request();
    Object message;
    try {
      message = decode(question, Optional.of(request));
    } catch (CodecException e) {
      request.cancel();
      return refused(e);
    }
    var said = new CompletableFuture<Said>();
    var sent = new AtomicBoolean();
    request.whenDone(
        outcome -> {
          if (isGone(outcome)) {
            again(question, to).whenComplete((next, failure) -> relay(next, failure, said));
          } else {
            said.complete(answer(outcome, sent.get()));
          }
        });
    question.onCancel(request::cancel);
    request.send(to, message);
    sent.set(true);
    return said;
  }

  private static void relay(Said next, @Nullable Throwable failure, CompletableFuture<Said> said) {
    if (failure == null) {
      said.complete(next);
    } else {
      said.completeExceptionally(failure);
    }
  }

  /** Whether the process had ended before the question came to it. */
  private static boolean isGone(Request.Outcome outcome) {
    return outcome instanceof Request.Outcome.ServerEnded(var _, ExitReason.NoProcess());
  }

  private Said answer(Request.Outcome outcome, boolean wasSent) {
    if (!(outcome instanceof Request.Outcome.Replied(Object value))) {
      return Failures.of(outcome, wasSent);
    }
    try {
      var encoded = types.encode(value);
      return new Said.Reply(encoded.type(), encoded.value());
    } catch (CodecException e) {
      return Failures.of(
          FailureKind.UNKNOWN, "it ran, but its answer cannot be sent: " + e.getMessage());
    }
  }

  private CompletionStage<Said> again(Question question, Destination gone) {
    if (!(question.deliver().to() instanceof Whom.Global(ProcessName name))
        || !(gone instanceof Pid pid)) {
      return CompletableFuture.completedFuture(
          Failures.of(FailureKind.NO_SUCH_PROCESS, gone.toString()));
    }
    Duration left = question.left();
    if (!left.isPositive() || question.countAttempt() > ATTEMPTS_MAX) {
      return CompletableFuture.completedFuture(
          Failures.of(FailureKind.NO_SUCH_PROCESS, name + " at " + gone));
    }
    return names
        .resolveAnew(name, pid, left)
        .thenCompose(found -> deliver(question, found.map(next -> next)));
  }

  private Object decode(Question question, Optional<Request> request) throws CodecException {
    var deliver = question.deliver();
    ByteString value = deliver.value();
    return types.decode(
        deliver.type(),
        value,
        // The client is no node: answers come to this one, whatever address the message has.
        alias -> ReplyTo.of(system, request.map(Request::alias).orElse(alias)));
  }

  private static Said noSuchName(Whom to) {
    return Failures.of(
        FailureKind.NO_SUCH_NAME,
        switch (to) {
          case Whom.Global(ProcessName name) -> name.value();
          case Whom.At(Destination destination) -> destination.toString();
        });
  }

  private static CompletionStage<Said> refused(CodecException cause) {
    return CompletableFuture.completedFuture(
        Failures.of(FailureKind.REFUSED, String.valueOf(cause.getMessage())));
  }

  /** One question on its way. */
  static final class Question {

    private final Asked.Deliver deliver;
    private final long deadlineNanos;
    private final ProcessSystem system;
    private int attempts;
    private boolean cancelled;
    private Runnable cancel = () -> {};

    Question(Asked.Deliver deliver, Duration budget, ProcessSystem system) {
      this.deliver = deliver;
      this.system = system;
      this.deadlineNanos = system.ticker().nowNanos() + budget.toNanos();
    }

    Asked.Deliver deliver() {
      return deliver;
    }

    Duration left() {
      return Duration.ofNanos(deadlineNanos - system.ticker().nowNanos());
    }

    synchronized int countAttempt() {
      return ++attempts;
    }

    synchronized void onCancel(Runnable action) {
      cancel = action;
      if (cancelled) {
        action.run();
      }
    }

    synchronized void cancel() {
      cancelled = true;
      cancel.run();
    }
  }
}
