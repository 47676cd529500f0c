package io.roster.node.names;

import com.google.protobuf.ByteString;
import io.roster.core.identity.NodeId;
import io.roster.core.time.Ticker;
import io.roster.net.transport.Feature;
import io.roster.net.transport.Frame;
import io.roster.net.transport.Lane;
import io.roster.net.transport.Sent;
import io.roster.net.transport.Transport;
import io.roster.node.names.protocol.Effect;
import io.roster.node.names.protocol.Input;
import io.roster.node.names.protocol.NameTable;
import io.roster.node.names.protocol.NamesMessage;
import io.roster.node.names.wire.NamesCodec;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread of the names: takes what happened, lets the {@link NameTable} decide, performs the
 * effects. Whatever the table sees, it sees on this thread, in the order in which it was offered.
 */
final class NamesLoop implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(NamesLoop.class);
  private static final int BATCH_MAX = 2_000;
  private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** Frames that wait; more are dropped, and asked for again when the gap is noticed. */
  private static final int FRAMES_MAX = 50_000;

  private final NameTable table;
  private final Ticker ticker;
  private final Outgoing outgoing;
  private final Consumer<Effect> performer;
  private final BlockingQueue<Work> queue = new LinkedBlockingQueue<>();
  private final AtomicInteger framesWaiting = new AtomicInteger();
  private final Thread thread;
  private volatile boolean closed;
  private long tickedNanos;

  /** Something to do on the thread. */
  private sealed interface Work {

    record Step(Input input) implements Work {}

    record FrameStep(Input.Received input) implements Work {}

    record Look(Consumer<NameTable> question) implements Work {}
  }

  NamesLoop(NameTable table, Ticker ticker, Outgoing outgoing, Consumer<Effect> performer) {
    this.table = table;
    this.ticker = ticker;
    this.outgoing = outgoing;
    this.performer = performer;
    this.thread =
        Thread.ofPlatform()
            .daemon()
            .name("names@" + outgoing.transport.self().name())
            .unstarted(this::run);
  }

  /** Where messages to peers go. */
  static final class Outgoing {
    private final Transport transport;
    private final String scope;
    private final IdentityHashMap<NamesMessage, ByteString> encoded = new IdentityHashMap<>();

    Outgoing(Transport transport, String scope) {
      this.transport = transport;
      this.scope = scope;
    }

    /** A message to several peers is encoded once in a batch. */
    void send(NodeId to, NamesMessage message) {
      var bytes = encoded.computeIfAbsent(message, m -> NamesCodec.encode(scope, m));
      // What is lost here is missed by its number or by the next digest.
      var _ = transport.send(to.name(), Lane.control(), new Frame(Feature.NAMES, bytes));
    }

    /** Whether the message waits on a link now. For threads other than the loop's. */
    boolean sendOnce(NodeId to, NamesMessage message) {
      var frame = new Frame(Feature.NAMES, NamesCodec.encode(scope, message));
      return transport.send(to.name(), Lane.control(), frame) instanceof Sent.Queued;
    }

    void endOfBatch() {
      encoded.clear();
    }
  }

  void start() {
    tickedNanos = ticker.nowNanos();
    thread.start();
  }

  void offer(Input input) {
    queue.add(new Work.Step(input));
  }

  void offerFrame(Input.Received input) {
    if (framesWaiting.incrementAndGet() > FRAMES_MAX) {
      framesWaiting.decrementAndGet();
      return;
    }
    queue.add(new Work.FrameStep(input));
  }

  /** Runs {@code question} on the thread; whatever was offered before has been decided by then. */
  void look(Consumer<NameTable> question) {
    queue.add(new Work.Look(question));
  }

  boolean isClosed() {
    return closed;
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }

  /* Interruption means that the node closes its names; it is handled here and nowhere else. */
  private void run() {
    var batch = new ArrayList<Work>();
    while (!closed) {
      try {
        var first = queue.poll(TICK_NANOS, TimeUnit.NANOSECONDS);
        if (first != null) {
          batch.add(first);
          queue.drainTo(batch, BATCH_MAX - 1);
        }
        step(batch);
      } catch (InterruptedException e) {
        break;
      } catch (RuntimeException e) {
        LOG.error("names of node {}: a step failed", outgoing.transport.self().name(), e);
      }
      batch.clear();
    }
  }

  private void step(List<Work> batch) {
    var inputs = new ArrayList<Input>(batch.size() + 1);
    for (var work : batch) {
      switch (work) {
        case Work.Step(Input input) -> inputs.add(input);
        case Work.FrameStep(Input.Received input) -> {
          framesWaiting.decrementAndGet();
          inputs.add(input);
        }
        case Work.Look(var question) -> {
          decide(inputs);
          inputs.clear();
          question.accept(table);
        }
      }
    }
    if (ticker.nowNanos() - tickedNanos >= TICK_NANOS) {
      tickedNanos = ticker.nowNanos();
      inputs.add(new Input.Tick());
    }
    decide(inputs);
  }

  private void decide(List<Input> inputs) {
    if (inputs.isEmpty()) {
      return;
    }
    for (var effect : table.step(inputs, ticker.nowNanos())) {
      if (effect instanceof Effect.Send(NodeId to, NamesMessage message)) {
        outgoing.send(to, message);
      } else {
        performer.accept(effect);
      }
    }
    outgoing.endOfBatch();
  }
}
