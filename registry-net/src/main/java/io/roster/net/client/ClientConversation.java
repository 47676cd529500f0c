package io.roster.net.client;

import com.google.protobuf.ByteString;
import io.roster.core.identity.Destination;
import io.roster.core.time.Timers;
import io.roster.net.client.Answering.Question;
import io.roster.net.transport.ClientGate.ClientSession;
import io.roster.net.transport.Offered;
import io.roster.net.wire.ClientMessage.Asked;
import io.roster.net.wire.ClientMessage.FailureKind;
import io.roster.net.wire.ClientMessage.Request;
import io.roster.net.wire.ClientMessage.Response;
import io.roster.net.wire.ClientMessage.Said;
import io.roster.net.wire.ClientMessage.Whom;
import io.roster.net.wire.ClientWire;
import io.roster.net.wire.WireException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One client's questions. Thread-safe.
 *
 * <p>Messages to one target go out in the order in which they came: while a name is being looked
 * up, later messages to it wait behind.
 */
final class ClientConversation {

  private static final int QUESTIONS_MAX = 65_536;
  private static final long BUDGET_MILLIS_MAX = Duration.ofHours(1).toMillis();

  private final ClientSession session;
  private final Answering answering;
  private final ConcurrentMap<Long, Asking> asking = new ConcurrentHashMap<>();

  /** What waits until an earlier message to the same target has been sent. Guarded by itself. */
  private final Map<Whom, Queue<Supplier<CompletionStage<?>>>> waiting = new HashMap<>();

  ClientConversation(ClientSession session, Answering answering) {
    this.session = session;
    this.answering = answering;
  }

  void push(ByteString frame) {
    offer(frame);
  }

  private void offer(ByteString frame) {
    switch (session.send(frame)) {
      case Offered.Taken _, Offered.Closed _ -> {}
      case Offered.Full(long bufferedBytes) ->
          session.close("too slow: " + bufferedBytes + " bytes wait");
      case Offered.TooLarge _ -> {}
    }
  }

  /** Takes one frame from the client. */
  void take(ByteString frame) {
    Request request;
    try {
      request = ClientWire.decodeRequest(frame);
    } catch (WireException e) {
      session.close(String.valueOf(e.getMessage()));
      return;
    }
    var budget = Duration.ofMillis(Math.clamp(request.budgetMillis(), 1, BUDGET_MILLIS_MAX));
    switch (request.asked()) {
      case Asked.Deliver deliver -> deliver(request.id(), deliver, budget);
      case Asked.Whereis(var name) ->
          answering
              .whereis(name, budget)
              .whenComplete((said, failure) -> respond(request.id(), said, failure));
      case Asked.Cancel() -> cancel(request.id());
    }
  }

  /** The client is gone: nobody wants the answers. */
  void end() {
    asking.keySet().forEach(this::cancel);
  }

  private void cancel(long id) {
    var found = asking.get(id);
    if (found != null) {
      found.question.cancel();
    }
  }

  private void deliver(long id, Asked.Deliver deliver, Duration budget) {
    if (asking.size() >= QUESTIONS_MAX) {
      respond(id, new Said.Failure(FailureKind.OVERLOADED, "", asking.size(), 0), null);
      return;
    }
    var question = new Question(deliver, budget, answering.system());
    var expiry = answering.system().timers().after(budget, question::cancel);
    asking.put(id, new Asking(question, expiry));
    inTurn(deliver.to(), () -> begin(id, question, budget));
  }

  /** Runs {@code task} now, or when what waits for {@code to} has gone before. */
  private void inTurn(Whom to, Supplier<CompletionStage<?>> task) {
    synchronized (waiting) {
      var queue = waiting.get(to);
      if (queue != null) {
        queue.add(task);
        return;
      }
      waiting.put(to, new ArrayDeque<>(List.of(task)));
    }
    drain(to);
  }

  /** Runs what waits for {@code to} until something has to wait for its name. */
  private void drain(Whom to) {
    while (true) {
      Supplier<CompletionStage<?>> task;
      synchronized (waiting) {
        var queue = waiting.get(to);
        task = queue == null ? null : queue.poll();
        if (task == null) {
          waiting.remove(to);
          return;
        }
      }
      var sent = task.get().toCompletableFuture();
      if (!sent.isDone()) {
        var _ = sent.whenComplete((_, _) -> drain(to));
        return;
      }
    }
  }

  /** Sends one message; done when it has been sent, or cannot be. */
  private CompletionStage<?> begin(long id, Question question, Duration budget) {
    return answering
        .find(question.deliver().to(), budget)
        .handle(
            (found, failure) -> {
              send(id, question, found, failure);
              return id;
            });
  }

  private void send(
      long id, Question question, Optional<Destination> found, @Nullable Throwable failure) {
    if (failure != null) {
      respond(id, Failures.of(FailureKind.NO_CONNECTION, failure.toString()), null);
      return;
    }
    answering.deliver(question, found).whenComplete((said, trouble) -> respond(id, said, trouble));
  }

  private void respond(long id, Said said, @Nullable Throwable failure) {
    var asked = asking.remove(id);
    if (asked != null) {
      asked.expiry.cancel();
    }
    offer(
        ClientWire.encode(
            new Response(
                id,
                failure == null ? said : Failures.of(FailureKind.UNKNOWN, failure.toString()))));
  }

  private record Asking(Question question, Timers.Scheduled expiry) {}
}
