package io.roster.net.membership.udp;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.roster.net.membership.swim.StreamMessage;
import io.roster.net.membership.wire.KeyCodec;
import io.roster.net.membership.wire.KeyOrder;
import io.roster.net.membership.wire.KeyReport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Streams that this node opened or accepted, by number. Confined to the membership thread. */
final class StreamPort {

  private static final Logger LOG = LoggerFactory.getLogger(StreamPort.class);
  private static final int ACCEPTED_MAX = 128;

  /** As many nodes may share an address, as in tests, and come at once. */
  private static final int NEWCOMERS_PER_ADDRESS_MAX = 32;

  /** Who hears of streams. */
  interface Receiver {
    void heard(long stream, StreamMessage message);

    void failed(long stream, boolean refused);

    void ordered(long stream, KeyOrder order);
  }

  private final EventLoop loop;
  private final Seals seals;
  private final LinkFilter filter;
  private final Duration timeout;
  private final Traffic traffic;
  private final Receiver receiver;
  private final Map<Long, Channel> channels = new HashMap<>();
  private final Newcomers newcomers = new Newcomers(NEWCOMERS_PER_ADDRESS_MAX);
  private long lastAccepted;
  private int accepted;

  StreamPort(
      EventLoop loop,
      Seals seals,
      LinkFilter filter,
      Duration timeout,
      Traffic traffic,
      Receiver receiver) {
    this.loop = loop;
    this.seals = seals;
    this.filter = filter;
    this.timeout = timeout;
    this.traffic = traffic;
    this.receiver = receiver;
  }

  /** Opens a stream and sends {@code first} over it. */
  void open(long stream, InetSocketAddress to, StreamMessage first) {
    traffic.streamsOpened.increment();
    var handler = StreamHandler.opening(stream, this, seals, timeout, traffic, first);
    ChannelFuture connecting =
        new Bootstrap()
            .group(loop)
            .channel(NioSocketChannel.class)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(timeout.toMillis()))
            .handler(initializer(handler))
            .connect(to);
    channels.put(stream, connecting.channel());
    if (!filter.passes(LinkFilter.Way.OUT, to) || !filter.passes(LinkFilter.Way.IN, to)) {
      // As if no packet arrived: the core hears of it when its patience is over.
      var _ = connecting.channel().close();
      channels.put(stream, connecting.channel());
      var _ =
          loop.schedule(
              () -> gone(stream, false),
              timeout.toMillis(),
              java.util.concurrent.TimeUnit.MILLISECONDS);
      return;
    }
    connecting.addListener(
        (ChannelFutureListener)
            done -> {
              if (!done.isSuccess()) {
                gone(stream, ClosedPort.isSaidBy(done.cause()));
              }
            });
  }

  /** What a new connection from a peer needs. */
  ChannelInitializer<Channel> acceptor() {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(Channel channel) {
        if (!(channel.remoteAddress() instanceof InetSocketAddress peer)
            || !makeRoom(peer.getAddress())) {
          var _ = channel.close();
          return;
        }
        long stream = --lastAccepted;
        accepted++;
        traffic.streamsAccepted.increment();
        channels.put(stream, channel);
        newcomers.add(stream, peer.getAddress());
        channel.closeFuture().addListener(_ -> ended(stream));
        StreamHandler.accepted(stream, StreamPort.this, seals, timeout, traffic)
            .install(channel.pipeline());
      }
    };
  }

  /** Sends over a stream that may be gone. */
  void say(long stream, StreamMessage message, boolean last) {
    var channel = channels.get(stream);
    if (channel == null) {
      return;
    }
    var handler = channel.pipeline().get(StreamHandler.class);
    if (handler != null) {
      handler.say(channel, message, last);
    }
    if (last) {
      channels.remove(stream);
    }
  }

  /** Answers an order and ends the stream, if it is still there. */
  void report(long stream, KeyReport report) {
    var channel = channels.remove(stream);
    var handler = channel == null ? null : channel.pipeline().get(StreamHandler.class);
    if (channel != null && handler != null) {
      handler.say(channel, KeyCodec.encode(report), true);
    }
  }

  /** Closes a stream; nothing more is heard of it. */
  void close(long stream) {
    var channel = channels.remove(stream);
    if (channel != null) {
      var _ = channel.close();
    }
  }

  void closeAll() {
    var open = new java.util.ArrayList<>(channels.values());
    channels.clear();
    open.forEach(StreamPort::closeQuietly);
  }

  void heard(long stream, StreamMessage message) {
    if (channels.containsKey(stream)) {
      receiver.heard(stream, message);
    }
  }

  void ordered(long stream, KeyOrder order) {
    if (channels.containsKey(stream)) {
      receiver.ordered(stream, order);
    }
  }

  /** The peer of a stream has shown that it holds a key. */
  void proved(long stream) {
    newcomers.remove(stream);
  }

  void gone(long stream, boolean refused) {
    if (channels.remove(stream) != null) {
      receiver.failed(stream, refused);
    }
  }

  /** Whether this side still waits for something on {@code stream}. */
  boolean isOpen(long stream) {
    return channels.containsKey(stream);
  }

  /** A peer took the connection and closed it without an answer. */
  void shunned(@Nullable Object peer) {
    LOG.warn(
        "expected an answer from {}, got a closed stream: its cluster name or key may be another",
        peer);
  }

  /* Streams of strangers must not keep members out; streams of members are never ended for others. */
  private boolean makeRoom(InetAddress from) {
    newcomers.inTheWayOf(from).ifPresent(this::close);
    if (accepted >= ACCEPTED_MAX) {
      newcomers.eldest().ifPresent(this::close);
    }
    return accepted < ACCEPTED_MAX;
  }

  private void ended(long stream) {
    accepted--;
    newcomers.remove(stream);
  }

  private static ChannelInitializer<Channel> initializer(StreamHandler handler) {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(Channel channel) {
        handler.install(channel.pipeline());
      }
    };
  }

  private static void closeQuietly(Channel channel) {
    var _ = channel.close();
  }
}
