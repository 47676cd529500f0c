package io.roster.net.client;

import com.google.protobuf.ByteString;
import io.roster.core.identity.NodeId;
import io.roster.core.time.Timers;
import io.roster.net.transport.Backoff;
import io.roster.net.transport.ClientDialer;
import io.roster.net.transport.ClientDialer.NodeLine;
import io.roster.net.transport.Offered;
import io.roster.net.transport.netty.LinkOptions;
import io.roster.net.wire.ClientMessage.Asked;
import io.roster.net.wire.ClientMessage.FailureKind;
import io.roster.net.wire.ClientMessage.Request;
import io.roster.net.wire.ClientMessage.Response;
import io.roster.net.wire.ClientMessage.Said;
import io.roster.net.wire.ClientWire;
import io.roster.net.wire.WireException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/*
 * A question is waiting (no connection yet), or sent, or over. Only waiting ones move to a new
 * connection; those that were sent over a connection that is lost end as Unknown.
 *
 * A node that is about to stop says so: then nothing more is sent to it, what it was sent is still
 * answered, and the client changes over when that is done, so that no later message overtakes an
 * earlier one on another way.
 *
 * Everything below is guarded by the lock. Questions are completed outside of it, as their
 * completion runs callers' code.
 */
/** A client's one connection, whichever node it leads to. Thread-safe. */
final class ClientConnection implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ClientConnection.class);
  private static final int QUESTIONS_MAX = 65_536;
  private static final int ADDRESSES_MAX = 1024;

  /** How long a node that is about to stop may take to answer what it has. */
  private static final Duration FAREWELL = Duration.ofSeconds(2);

  private final String label;
  private final List<InetSocketAddress> seeds;
  private final ClientDialer dialer;
  private final Timers timers;
  private final LinkOptions options;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition connected = lock.newCondition();
  private final Map<Long, Question> waiting = new LinkedHashMap<>();
  private final Map<Long, Question> sent = new HashMap<>();
  private List<InetSocketAddress> members = List.of();
  private List<InetSocketAddress> untried = new ArrayList<>();
  private @Nullable Attempt attempt;
  private @Nullable NodeLine line;
  private @Nullable InetSocketAddress avoided;
  private boolean leaving;
  private boolean closed;
  private int failures;
  private long nextId = 1;

  ClientConnection(
      String label,
      Collection<InetSocketAddress> seeds,
      ClientDialer dialer,
      Timers timers,
      LinkOptions options) {
    this.label = label;
    this.seeds = List.copyOf(seeds);
    this.dialer = dialer;
    this.timers = timers;
    this.options = options;
    dialNext();
  }

  boolean awaitConnected(Duration timeout) {
    long nanos = timeout.toNanos();
    lock.lock();
    try {
      while (line == null || leaving) {
        if (nanos <= 0 || closed) {
          return false;
        }
        nanos = connected.awaitNanos(nanos);
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  Optional<NodeId> node() {
    lock.lock();
    try {
      return Optional.ofNullable(line).map(NodeLine::node);
    } finally {
      lock.unlock();
    }
  }

  Set<InetSocketAddress> addresses() {
    lock.lock();
    try {
      var all = new LinkedHashSet<>(members);
      all.addAll(seeds);
      return all;
    } finally {
      lock.unlock();
    }
  }

  /** Asks; the future ends with an answer or a failure and never fails itself. */
  CompletableFuture<Said> ask(Asked asked, Duration timeout, String traceparent) {
    var question = new Question(asked, traceparent, System.nanoTime() + timeout.toNanos());
    Said refusal = null;
    lock.lock();
    try {
      question.id = nextId++;
      if (closed) {
        refusal = Failures.of(FailureKind.NO_CONNECTION, "the client is closed");
      } else if (waiting.size() + sent.size() >= QUESTIONS_MAX) {
        refusal = new Said.Failure(FailureKind.OVERLOADED, "", waiting.size() + sent.size(), 0);
      } else {
        question.expiry = timers.after(timeout, () -> expire(question));
        refusal = sendOrWait(question);
      }
    } finally {
      lock.unlock();
    }
    if (refusal != null) {
      question.end(refusal);
    }
    return question.said;
  }

  /** Sends over the connection if there is one; what is returned ends the question. */
  private @Nullable Said sendOrWait(Question question) {
    if (line == null || leaving || !waiting.isEmpty()) {
      waiting.put(question.id, question);
      return null;
    }
    return transmit(line, question);
  }

  private @Nullable Said transmit(NodeLine over, Question question) {
    long budgetMillis =
        Math.max(1, TimeUnit.NANOSECONDS.toMillis(question.deadlineNanos - System.nanoTime()));
    ByteString frame =
        ClientWire.encode(
            new Request(question.id, question.asked, budgetMillis, question.traceparent));
    return switch (over.send(frame)) {
      case Offered.Taken() -> {
        sent.put(question.id, question);
        yield null;
      }
      // The news of its end is on the way; what was not taken waits for the next connection.
      case Offered.Closed() -> {
        waiting.put(question.id, question);
        yield null;
      }
      case Offered.Full(long buffered) -> new Said.Failure(FailureKind.OVERLOADED, "", buffered, 0);
      case Offered.TooLarge(long bytes, long bytesMax) ->
          new Said.Failure(FailureKind.TOO_LARGE, "", bytes, bytesMax);
    };
  }

  private void expire(Question question) {
    Said failure;
    lock.lock();
    try {
      if (waiting.remove(question.id) != null) {
        failure = Failures.of(FailureKind.NO_CONNECTION, "no connection to any node in time");
      } else if (sent.remove(question.id) != null) {
        failure = Failures.of(FailureKind.UNKNOWN, "no answer in time");
        if (line != null) {
          line.send(ClientWire.encode(new Request(question.id, new Asked.Cancel(), 1, "")));
        }
        changeOverIfDone();
      } else {
        return;
      }
    } finally {
      lock.unlock();
    }
    question.end(failure);
  }

  // Dialling

  /** Tries the next address. Its name is looked up each time: what it stands for may move. */
  private void dialNext() {
    lock.lock();
    try {
      if (closed || line != null) {
        return;
      }
      if (untried.isEmpty()) {
        untried = shuffled();
      }
      var address = untried.removeFirst();
      var next = new Attempt(address);
      attempt = next;
      dialer.dial(address, next);
    } finally {
      lock.unlock();
    }
  }

  /** Every address once, in random order, the one to be avoided last. */
  private List<InetSocketAddress> shuffled() {
    var all = new ArrayList<>(addresses());
    java.util.Collections.shuffle(all, ThreadLocalRandom.current());
    if (avoided != null && all.remove(avoided)) {
      all.addLast(avoided);
    }
    return all;
  }

  private void dialLater() {
    var times = options.times();
    boolean roundOver = untried.isEmpty();
    Duration pause =
        roundOver
            ? Backoff.pause(
                times.redialMin(),
                times.redialMax(),
                failures++,
                ThreadLocalRandom.current().nextDouble())
            : Duration.ofMillis(1);
    timers.after(pause, this::dialNext);
  }

  private void onOpen(Attempt opened, NodeLine over) {
    var refused = new ArrayList<Runnable>();
    lock.lock();
    try {
      if (closed || attempt != opened) {
        over.close();
        return;
      }
      line = over;
      leaving = false;
      failures = 0;
      untried.clear();
      var queued = new ArrayList<>(waiting.values());
      waiting.clear();
      for (Question question : queued) {
        Said refusal = transmit(over, question);
        if (refusal != null) {
          refused.add(() -> question.end(refusal));
        }
      }
      connected.signalAll();
      LOG.debug("{}: connected to {}", label, over.node());
    } finally {
      lock.unlock();
    }
    refused.forEach(Runnable::run);
  }

  private void onFailed(Attempt failed, String reason) {
    lock.lock();
    try {
      if (attempt == failed) {
        LOG.debug("{}: no connection to {}: {}", label, failed.address, reason);
        attempt = null;
        dialLater();
      }
    } finally {
      lock.unlock();
    }
  }

  private void onClosed(Attempt ended, String reason) {
    List<Question> lost;
    lock.lock();
    try {
      if (attempt != ended) {
        return;
      }
      LOG.debug("{}: connection to {} lost: {}", label, ended.address, reason);
      lost = dropLine(ended.address);
      if (!closed) {
        dialNext();
      }
    } finally {
      lock.unlock();
    }
    lost.forEach(
        question -> question.end(Failures.of(FailureKind.UNKNOWN, "connection lost: " + reason)));
  }

  private List<Question> dropLine(InetSocketAddress address) {
    var lost = new ArrayList<>(sent.values());
    sent.clear();
    line = null;
    attempt = null;
    leaving = false;
    avoided = address;
    return lost;
  }

  // What the node says

  private void onResponse(Attempt from, Response response) {
    if (response.id() == 0) {
      onPush(from, response.said());
      return;
    }
    Question question;
    lock.lock();
    try {
      question = sent.remove(response.id());
      changeOverIfDone();
    } finally {
      lock.unlock();
    }
    if (question != null) {
      question.end(response.said());
    }
  }

  private void onPush(Attempt from, Said said) {
    lock.lock();
    try {
      if (attempt != from) {
        return;
      }
      switch (said) {
        case Said.Members(var addresses) ->
            members = addresses.stream().limit(ADDRESSES_MAX).toList();
        case Said.Leaving() -> {
          leaving = true;
          timers.after(FAREWELL, () -> changeOver(from));
          changeOverIfDone();
        }
        case Said.Delivered _, Said.Reply _, Said.Whereabouts _, Said.Failure _ ->
            LOG.debug("{}: {} answers nothing that was asked", label, said);
      }
    } finally {
      lock.unlock();
    }
  }

  private void changeOverIfDone() {
    var present = attempt;
    if (leaving && sent.isEmpty() && present != null) {
      changeOver(present);
    }
  }

  private void changeOver(Attempt from) {
    List<Question> lost;
    lock.lock();
    try {
      var over = line;
      if (attempt != from || over == null) {
        return;
      }
      lost = dropLine(from.address);
      over.close();
      if (!closed) {
        dialNext();
      }
    } finally {
      lock.unlock();
    }
    lost.forEach(
        question ->
            question.end(Failures.of(FailureKind.UNKNOWN, "the node stopped before it answered")));
  }

  @Override
  public void close() {
    List<Question> unsent;
    List<Question> unanswered;
    lock.lock();
    try {
      closed = true;
      unsent = new ArrayList<>(waiting.values());
      unanswered = new ArrayList<>(sent.values());
      waiting.clear();
      sent.clear();
      if (line != null) {
        line.close();
      }
      connected.signalAll();
    } finally {
      lock.unlock();
    }
    unsent.forEach(
        question -> question.end(Failures.of(FailureKind.NO_CONNECTION, "the client is closed")));
    unanswered.forEach(
        question -> question.end(Failures.of(FailureKind.UNKNOWN, "the client was closed")));
  }

  /** One dial and, if it succeeds, the connection that it made. */
  private final class Attempt implements ClientDialer.Listener {

    private final InetSocketAddress address;

    Attempt(InetSocketAddress address) {
      this.address = address;
    }

    @Override
    public void onOpen(NodeLine over) {
      ClientConnection.this.onOpen(this, over);
    }

    @Override
    public void onFrame(ByteString payload) {
      try {
        onResponse(this, ClientWire.decodeResponse(payload));
      } catch (WireException e) {
        LOG.warn("{}: {} said nonsense: {}", label, address, e.getMessage());
      }
    }

    @Override
    public void onClosed(String reason) {
      ClientConnection.this.onClosed(this, reason);
    }

    @Override
    public void onFailed(String reason) {
      ClientConnection.this.onFailed(this, reason);
    }
  }

  private static final class Question {

    private final Asked asked;
    private final String traceparent;
    private final long deadlineNanos;
    private final CompletableFuture<Said> said = new CompletableFuture<>();
    private long id;
    private volatile Timers.@Nullable Scheduled expiry;

    Question(Asked asked, String traceparent, long deadlineNanos) {
      this.asked = asked;
      this.traceparent = traceparent;
      this.deadlineNanos = deadlineNanos;
    }

    void end(Said outcome) {
      var scheduled = expiry;
      if (scheduled != null) {
        scheduled.cancel();
      }
      said.complete(outcome);
    }
  }
}
