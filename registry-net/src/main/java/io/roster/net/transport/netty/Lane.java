package io.roster.net.transport.netty;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.roster.net.transport.Offered;
import io.roster.net.wire.LinkMessage;
import io.roster.net.wire.LinkMessage.Data;
import io.roster.net.wire.LinkMessage.Goodbye;
import io.roster.net.wire.LinkMessage.Heartbeat;
import io.roster.net.wire.LinkWire;
import io.roster.net.wire.WireException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/*
 * Writing: any thread puts a frame into the queue and, if nobody has yet, asks the channel's thread
 * to drain it. The drain packs whatever has gathered into few buffers and flushes once, so a busy
 * lane costs one system call for many frames and an idle one sends at once. It stops while the
 * socket is full and goes on when it is not.
 *
 * Reading: frames that arrive before the link is up wait; after shut() none is handed on.
 */
/**
 * One connection that has proved itself. {@link #offer} is thread-safe; the rest runs on the
 * channel's thread.
 */
final class Lane extends ChannelInboundHandlerAdapter {

  /** What a frame costs besides its payload. */
  private static final int FRAME_OVERHEAD_BYTES = 48;

  /** Payloads from here on are written without a copy. */
  private static final int COPY_BYTES_MAX = 16 << 10;

  private static final int BATCH_BYTES = 64 << 10;

  /** One drain packs no more, so that the other channels of its thread get their turn. */
  private static final int DRAIN_BYTES_MAX = 1 << 20;

  /** How long a closing lane may go on writing. */
  private static final long FAREWELL_MILLIS = 1000;

  private final Channel channel;
  private final LinkOptions.Limits limits;
  private final Queue<Outgoing> queue = new ConcurrentLinkedQueue<>();
  private final AtomicLong bufferedBytes = new AtomicLong();
  private final AtomicBoolean drainAsked = new AtomicBoolean();
  private volatile boolean closed;

  /** Set when something arrived, cleared by whoever counts silence. */
  private final AtomicBoolean heard = new AtomicBoolean(true);

  private final Queue<Data> early = new ArrayDeque<>();
  private Reading reading = Reading.WAITING;
  private @Nullable Owner owner;
  private volatile @Nullable String farewell;

  Lane(Channel channel, LinkOptions.Limits limits) {
    this.channel = channel;
    this.limits = limits;
  }

  /** Who takes what arrives and hears of the end. Set once, before {@link #open}. */
  void ownedBy(Owner owner) {
    this.owner = owner;
    var _ =
        channel
            .closeFuture()
            .addListener(
                _ -> {
                  closed = true;
                  queue.clear();
                  String why = farewell;
                  owner.onClosed(this, why == null ? "the connection was lost" : why);
                });
  }

  /** Where the peer is, for people. */
  String remoteAddress() {
    return String.valueOf(channel.remoteAddress());
  }

  /** Runs {@code task} at intervals on the channel's thread for as long as the channel is open. */
  void every(Duration interval, Runnable task) {
    var ticks =
        channel
            .eventLoop()
            .scheduleWithFixedDelay(
                task, interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
    var _ = channel.closeFuture().addListener(_ -> ticks.cancel(false));
  }

  /** Hands on what has waited and whatever comes. */
  void open() {
    onChannelThread(
        () -> {
          if (reading != Reading.WAITING) {
            return;
          }
          reading = Reading.OPEN;
          for (Data data = early.poll(); data != null; data = early.poll()) {
            handOn(data);
          }
          channel.config().setAutoRead(true);
        });
  }

  /**
   * Hands nothing on any more, writes what waits and a farewell, and closes.
   *
   * @param ended called once nothing more is handed on; the connection may close a little later
   */
  void shut(String reason, Runnable ended) {
    onChannelThread(
        () -> {
          if (reading != Reading.SHUT) {
            reading = Reading.SHUT;
            early.clear();
            farewell(reason);
          }
          ended.run();
        });
  }

  /** Whether anything has arrived since the last time this was asked. */
  boolean takeHeard() {
    return heard.getAndSet(false);
  }

  /** Queues a message of the link's own, whatever else waits. */
  void say(LinkMessage message) {
    enqueue(new Outgoing.Whole(LinkWire.encode(message)));
  }

  /**
   * Queues a message.
   *
   * @param reserveBytes how far beyond the limit the queue may grow for it
   */
  Offered offer(int feature, ByteString payload, long reserveBytes) {
    if (payload.size() > limits.frameBytesMax()) {
      return new Offered.TooLarge(payload.size(), limits.frameBytesMax());
    }
    if (closed) {
      return new Offered.Closed();
    }
    long cost = (long) payload.size() + FRAME_OVERHEAD_BYTES;
    long buffered = bufferedBytes.get();
    if (buffered + cost > limits.bufferBytesMax() + reserveBytes) {
      return new Offered.Full(buffered);
    }
    enqueue(new Outgoing.OfFeature(feature, payload));
    return new Offered.Taken();
  }

  private void enqueue(Outgoing frame) {
    bufferedBytes.addAndGet(frame.cost());
    queue.add(frame);
    if (drainAsked.compareAndSet(false, true)) {
      onChannelThread(this::drain);
    }
  }

  private void onChannelThread(Runnable task) {
    if (channel.eventLoop().isShutdown()) {
      return;
    }
    channel.eventLoop().execute(task);
  }

  private void drain() {
    // Cleared first: a frame that is queued from here on asks for another drain.
    drainAsked.set(false);
    if (!channel.isActive()) {
      queue.clear();
      return;
    }
    int packedBytes = 0;
    while (channel.isWritable() && packedBytes < DRAIN_BYTES_MAX && !queue.isEmpty()) {
      packedBytes += writeBatch();
    }
    channel.flush();
    if (channel.isWritable() && !queue.isEmpty() && drainAsked.compareAndSet(false, true)) {
      onChannelThread(this::drain);
    }
  }

  private int writeBatch() {
    ByteBuf batch = channel.alloc().buffer(BATCH_BYTES / 16, Integer.MAX_VALUE);
    long cost = 0;
    @Nullable ByteString tail = null;
    while (tail == null && batch.readableBytes() < BATCH_BYTES) {
      var frame = queue.poll();
      if (frame == null) {
        break;
      }
      cost += frame.cost();
      tail = append(frame, batch);
    }
    int bytes = batch.readableBytes();
    if (tail != null) {
      bytes += tail.size();
      var _ = channel.write(batch, channel.voidPromise());
      write(Unpooled.wrappedBuffer(tail.asReadOnlyByteBuffer()), cost);
    } else {
      write(batch, cost);
    }
    return bytes;
  }

  private void write(ByteBuf bytes, long cost) {
    var _ =
        channel
            .write(bytes)
            .addListener(
                (ChannelFutureListener)
                    done -> {
                      bufferedBytes.addAndGet(-cost);
                      if (!done.isSuccess()) {
                        var _ = channel.close();
                      }
                    });
  }

  /** Returns the payload if it is too large to be copied into the batch. */
  private static @Nullable ByteString append(Outgoing frame, ByteBuf batch) {
    return switch (frame) {
      case Outgoing.Whole(ByteString bytes) -> {
        batch.writeInt(bytes.size());
        copy(bytes, batch);
        yield null;
      }
      case Outgoing.OfFeature(int feature, ByteString payload) -> {
        byte[] header = LinkWire.dataHeader(feature, payload.size());
        batch.writeInt(header.length + payload.size());
        batch.writeBytes(header);
        if (payload.size() > COPY_BYTES_MAX) {
          yield payload;
        }
        copy(payload, batch);
        yield null;
      }
    };
  }

  private static void copy(ByteString from, ByteBuf to) {
    try {
      UnsafeByteOperations.unsafeWriteTo(from, new Sink(to));
    } catch (IOException e) {
      throw new IllegalStateException("invariant: a buffer in memory takes what it is given", e);
    }
  }

  private void farewell(String reason) {
    farewell = reason;
    if (!channel.isActive()) {
      var _ = channel.close();
      return;
    }
    channel.config().setAutoRead(true);
    say(new Goodbye(reason));
    drain();
    closed = true;
    var _ = channel.eventLoop().schedule(this::closeNow, FAREWELL_MILLIS, TimeUnit.MILLISECONDS);
    // What is flushed above and fits into the socket's buffer is still sent after this.
    if (queue.isEmpty() && channel.isWritable()) {
      var _ =
          channel
              .writeAndFlush(Unpooled.EMPTY_BUFFER)
              .addListener((ChannelFutureListener) _ -> closeNow());
    }
  }

  private void closeNow() {
    var _ = channel.close();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) throws WireException {
    heard.set(true);
    switch (LinkWire.decode((ByteString) message)) {
      case Data data -> {
        switch (reading) {
          case WAITING -> early.add(data);
          case OPEN -> handOn(data);
          case SHUT -> {}
        }
      }
      case Heartbeat() -> {
        if (owner != null && reading == Reading.OPEN) {
          owner.onBeat(this);
        }
      }
      case Goodbye(String reason) -> {
        farewell = "the peer closed: " + reason;
        var _ = context.close();
      }
      case LinkMessage.Hello _,
          LinkMessage.Challenge _,
          LinkMessage.Proof _,
          LinkMessage.Accepted _,
          LinkMessage.Refused _ ->
          throw new WireException("expected data on an open link, got a message of the handshake");
    }
  }

  private void handOn(Data data) {
    if (owner != null) {
      owner.onData(this, data);
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (channel.isWritable()) {
      drain();
    }
    context.fireChannelWritabilityChanged();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (farewell == null) {
      farewell = Causes.text(cause);
    }
    var _ = context.close();
  }

  /** Takes what arrives on a lane, on the channel's thread. */
  interface Owner {

    /** A message of one of the features. */
    void onData(Lane lane, Data data);

    /** The peer says that it lives. */
    void onBeat(Lane lane);

    /** The connection is gone. */
    void onClosed(Lane lane, String reason);
  }

  private enum Reading {
    WAITING,
    OPEN,
    SHUT
  }

  private sealed interface Outgoing {

    ByteString bytes();

    default long cost() {
      return (long) bytes().size() + FRAME_OVERHEAD_BYTES;
    }

    record Whole(ByteString bytes) implements Outgoing {}

    record OfFeature(int feature, ByteString bytes) implements Outgoing {}
  }

  /** Takes a byte string's bytes without another copy. */
  private static final class Sink extends com.google.protobuf.ByteOutput {

    private final ByteBuf buffer;

    Sink(ByteBuf buffer) {
      this.buffer = buffer;
    }

    @Override
    public void write(byte value) {
      buffer.writeByte(value);
    }

    @Override
    public void write(byte[] value, int offset, int length) {
      buffer.writeBytes(value, offset, length);
    }

    @Override
    public void writeLazy(byte[] value, int offset, int length) {
      buffer.writeBytes(value, offset, length);
    }

    @Override
    public void write(ByteBuffer value) {
      buffer.writeBytes(value);
    }

    @Override
    public void writeLazy(ByteBuffer value) {
      buffer.writeBytes(value);
    }
  }
}
