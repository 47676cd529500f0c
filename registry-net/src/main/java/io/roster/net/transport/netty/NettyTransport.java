package io.roster.net.transport.netty;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import io.roster.net.transport.ClientGate;
import io.roster.net.transport.Feature;
import io.roster.net.transport.Frame;
import io.roster.net.transport.Lane;
import io.roster.net.transport.Offered;
import io.roster.net.transport.Sent;
import io.roster.net.transport.Transport;
import io.roster.net.wire.LinkMessage.Data;
import io.roster.net.wire.LinkMessage.Dialler;
import io.roster.net.wire.LinkMessage.Hello;
import io.roster.net.wire.LinkMessage.Refused;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Links over TCP, and the port that peers and clients dial. Thread-safe.
 *
 * <p>A peer that {@link #connect} names is dialled for as long as it is not forgotten; a peer that
 * dials is taken whether it is named or not. Close it with {@link #close}, which blocks until all
 * links have ended.
 */
public final class NettyTransport implements Transport, ClientGate, AutoCloseable {

  /** The oldest version of the protocol that this end speaks. */
  public static final int PROTOCOL_OLDEST = Handshake.PROTOCOL_MIN;

  /** The newest version of the protocol that this end speaks. */
  public static final int PROTOCOL_NEWEST = Handshake.PROTOCOL_MAX;

  private static final Logger LOG = LoggerFactory.getLogger(NettyTransport.class);
  private static final int IO_THREADS = Math.min(4, Runtime.getRuntime().availableProcessors());
  private static final long CLOSE_SECONDS = 5;

  private final NodeId self;
  private final LinkOptions options;
  private final EventLoops loops;
  private final Channels channels;
  private final LinkTable table;
  private final ClientDoor clients;
  private final SecureRandom random = new SecureRandom();
  private final AtomicInteger connections = new AtomicInteger();
  private final ConcurrentMap<Integer, FrameListener> listeners = new ConcurrentHashMap<>();
  private final ConcurrentMap<Integer, Feature> features = new ConcurrentHashMap<>();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Channel server;

  private NettyTransport(NodeId self, InetSocketAddress bind, LinkOptions options)
      throws BindException {
    this.self = self;
    this.options = options;
    this.channels = new Channels(options);
    this.loops = EventLoops.start(IO_THREADS, self.name().value());
    this.table = new LinkTable(self, options, this::dial, this::onData);
    this.clients = new ClientDoor(self, options);
    for (Feature feature : Feature.values()) {
      features.put(feature.number(), feature);
    }
    this.server = listen(bind);
  }

  /**
   * Takes the port; nobody is let in before {@link #open}. So every part can say what it listens to
   * before the first frame comes, also when peers dial this port because an earlier start had it.
   *
   * @param self this start of this node
   * @param bind the address to listen on; port 0 takes a free one
   * @throws BindException if the address cannot be had, for instance because the port is in use
   */
  public static NettyTransport bind(NodeId self, InetSocketAddress bind, LinkOptions options)
      throws BindException {
    return new NettyTransport(self, bind, options);
  }

  /** {@link #bind} and {@link #open} in one. */
  public static NettyTransport start(NodeId self, InetSocketAddress bind, LinkOptions options)
      throws BindException {
    var transport = bind(self, bind, options);
    transport.open();
    return transport;
  }

  /** Lets peers and clients in. */
  public void open() {
    server.config().setAutoRead(true);
  }

  private Channel listen(InetSocketAddress address) throws BindException {
    var bound =
        new ServerBootstrap()
            .group(loops.group())
            .channel(loops.server())
            .option(ChannelOption.SO_REUSEADDR, true)
            .option(ChannelOption.AUTO_READ, false)
            .option(ChannelOption.SO_BACKLOG, 1024)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    accept(channel);
                  }
                })
            .bind(address)
            .awaitUninterruptibly();
    if (bound.isSuccess()) {
      return bound.channel();
    }
    var _ = table.close();
    var _ = loops.group().shutdownGracefully(0, 1, TimeUnit.SECONDS);
    var failure =
        new BindException(
            "link port "
                + address.getHostString()
                + ":"
                + address.getPort()
                + ": expected to listen on it, got: "
                + Causes.text(bound.cause()));
    failure.initCause(bound.cause());
    throw failure;
  }

  private void accept(Channel channel) {
    if (connections.incrementAndGet() > options.limits().connectionsMax()) {
      LOG.warn(
          "{}: connection from {} refused: there are {} already",
          self,
          channel.remoteAddress(),
          options.limits().connectionsMax());
      connections.decrementAndGet();
      var _ = channel.close();
      return;
    }
    var _ = channel.closeFuture().addListener(_ -> connections.decrementAndGet());
    channels.prepareAccepted(channel, new AcceptHandshake(self, options, random, this::onProven));
  }

  private void onProven(
      Hello hello, io.roster.net.transport.netty.Lane lane, Consumer<Optional<Refused>> answer) {
    switch (hello.dialler()) {
      case Dialler.Node _ -> table.onProven(hello, lane, answer);
      case Dialler.Client _ -> clients.onProven(hello, lane, answer);
    }
  }

  private void dial(
      InetSocketAddress address,
      Hello hello,
      Optional<NodeId> expected,
      DialHandshake.Outcome outcome) {
    channels.dial(
        new Bootstrap().group(loops.group()).channel(loops.client()),
        address,
        new DialHandshake(options, hello, expected, outcome),
        outcome);
  }

  /** Where this node listens. */
  public InetSocketAddress localAddress() {
    return (InetSocketAddress) server.localAddress();
  }

  /**
   * Dials {@code peer} until there is a link, and again whenever it is lost. A later start of the
   * same name, or another address, replaces the earlier wish.
   *
   * @param peer that start; a later one that answers is taken as well
   * @param address its link port
   */
  public void connect(NodeId peer, InetSocketAddress address) {
    if (peer.name().equals(self.name())) {
      throw new IllegalArgumentException("expected another node than " + self + ", got: " + peer);
    }
    table.want(peer, address);
  }

  /** Dials no start of {@code peer} any more, and ends the link if there is one. */
  public void forget(NodeName peer) {
    table.forget(peer, Long.MAX_VALUE, "forgotten");
  }

  /** The same for {@code peer} and earlier starts of its name; a later one is left alone. */
  public void forget(NodeId peer) {
    table.forget(peer.name(), peer.incarnation(), "forgotten");
  }

  /**
   * Ends the link to {@code peer} or an earlier start of its name, if there is one. A peer that is
   * wanted is dialled again.
   *
   * @param reason why, for the log
   */
  public void disconnect(NodeId peer, String reason) {
    table.disconnect(peer, reason);
  }

  @Override
  public NodeId self() {
    return self;
  }

  @Override
  public Set<NodeId> peers() {
    return table.allUp().stream().map(Link::peer).collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public Sent send(NodeName peer, Lane lane, Frame frame) {
    var link = table.up(peer);
    if (link.isEmpty()) {
      return new Sent.NotConnected(peer);
    }
    return sent(peer, link.get().lane(lane).offer(frame.feature().number(), frame.payload(), 0));
  }

  @Override
  public Sent sendOrBreak(NodeName peer, Lane lane, Frame frame) {
    var link = table.up(peer);
    if (link.isEmpty()) {
      return new Sent.NotConnected(peer);
    }
    var offered =
        link.get()
            .lane(lane)
            .offer(frame.feature().number(), frame.payload(), options.limits().bufferBytesMax());
    if (offered instanceof Offered.Full(long buffered)) {
      table.breakLink(link.get(), "too slow: " + buffered + " bytes wait");
      return new Sent.NotConnected(peer);
    }
    return sent(peer, offered);
  }

  private static Sent sent(NodeName peer, Offered offered) {
    return switch (offered) {
      case Offered.Taken() -> new Sent.Queued();
      case Offered.Closed() -> new Sent.NotConnected(peer);
      case Offered.Full(long buffered) -> new Sent.Overloaded(peer, buffered);
      case Offered.TooLarge(long bytes, long bytesMax) -> new Sent.TooLarge(bytes, bytesMax);
    };
  }

  @Override
  public void onFrames(Feature feature, FrameListener listener) {
    if (listeners.putIfAbsent(feature.number(), listener) != null) {
      throw new IllegalStateException("feature " + feature + ": has a listener already");
    }
  }

  private void onData(NodeId from, Data data) {
    var listener = listeners.get(data.feature());
    var feature = features.get(data.feature());
    if (listener == null || feature == null) {
      LOG.debug("{}: frame of feature {} from {} has no taker", self, data.feature(), from);
      return;
    }
    try {
      listener.onFrame(from, new Frame(feature, data.payload()));
    } catch (RuntimeException e) {
      LOG.error("{}: the listener of {} failed on a frame from {}", self, feature, from, e);
    }
  }

  @Override
  public void onLinks(LinkListener listener) {
    table.listen(listener);
  }

  @Override
  public void onClients(ClientListener listener) {
    clients.listen(listener);
  }

  /** Says farewell to every peer and client, and waits up to five seconds for the end. */
  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    var _ = server.close().awaitUninterruptibly();
    clients.close(self + " is closing");
    try {
      table.close().orTimeout(CLOSE_SECONDS, TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      LOG.warn("{}: links did not end within {} s", self, CLOSE_SECONDS, e);
    }
    var _ = loops.group().shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
