package io.roster.net.membership.udp;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** A datagram and a stream socket on one port number. */
final class Sockets {

  /** How often another port is tried when the system is free to choose one for both. */
  private static final int TRIES = 16;

  private static final int DATAGRAM_BYTES_MAX = 65_535;
  private static final int RECEIVE_BUFFER = 1 << 20;

  private final EventLoop loop;
  private final Channel server;
  private final Channel datagrams;
  private final LateHandler acceptor;

  private Sockets(EventLoop loop, Channel server, Channel datagrams, LateHandler acceptor) {
    this.loop = loop;
    this.server = server;
    this.datagrams = datagrams;
    this.acceptor = acceptor;
  }

  /** What accepted connections get: known only after the port is. */
  private static final class LateHandler extends ChannelInitializer<Channel> {
    private volatile ChannelInitializer<Channel> delegate =
        new ChannelInitializer<>() {
          @Override
          protected void initChannel(Channel channel) {
            var _ = channel.close();
          }
        };

    @Override
    protected void initChannel(Channel channel) {
      channel.pipeline().addLast(delegate);
    }

    @Override
    public boolean isSharable() {
      return true;
    }
  }

  static Sockets bind(EventLoopGroup group, InetSocketAddress address) throws IOException {
    for (int tries = TRIES; ; tries--) {
      try {
        return bindBoth(group, address);
      } catch (PortInUse e) {
        if (address.getPort() != 0 || tries == 0) {
          throw e;
        }
      }
    }
  }

  EventLoop loop() {
    return loop;
  }

  int port() {
    return ((InetSocketAddress) datagrams.localAddress()).getPort();
  }

  /** An address at which this node reaches itself without leaving its host. */
  InetSocketAddress own() {
    var bound = (InetSocketAddress) datagrams.localAddress();
    return bound.getAddress().isAnyLocalAddress()
        ? new InetSocketAddress(InetAddress.getLoopbackAddress(), bound.getPort())
        : bound;
  }

  Channel datagrams() {
    return datagrams;
  }

  /** Begins to take what comes. */
  void install(ChannelHandler datagramHandler, ChannelInitializer<Channel> streamAcceptor) {
    acceptor.delegate = streamAcceptor;
    datagrams.pipeline().addLast(datagramHandler);
    datagrams.config().setAutoRead(true);
  }

  void close() {
    var _ = datagrams.close();
    var _ = server.close();
  }

  private static Sockets bindBoth(EventLoopGroup group, InetSocketAddress address)
      throws IOException {
    var loop = group.next();
    var acceptor = new LateHandler();
    var server =
        open(
            new ServerBootstrap()
                .group(loop, loop)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.RECVBUF_ALLOCATOR, new AdaptiveRecvByteBufAllocator())
                .childHandler(acceptor)
                .bind(address),
            address);
    var same =
        new InetSocketAddress(
            address.getAddress(), ((InetSocketAddress) server.localAddress()).getPort());
    try {
      var datagrams =
          open(
              new Bootstrap()
                  .group(loop)
                  .channel(NioDatagramChannel.class)
                  .option(ChannelOption.AUTO_READ, false)
                  .option(ChannelOption.SO_RCVBUF, RECEIVE_BUFFER)
                  .option(
                      ChannelOption.RECVBUF_ALLOCATOR,
                      new FixedRecvByteBufAllocator(DATAGRAM_BYTES_MAX))
                  .handler(
                      new ChannelInitializer<Channel>() {
                        @Override
                        protected void initChannel(Channel channel) {
                          // The handler comes with install.
                        }
                      })
                  .bind(same),
              same);
      return new Sockets(loop, server, datagrams, acceptor);
    } catch (IOException e) {
      server.close().awaitUninterruptibly();
      throw e;
    }
  }

  private static Channel open(io.netty.channel.ChannelFuture binding, InetSocketAddress address)
      throws IOException {
    binding.awaitUninterruptibly();
    if (binding.isSuccess()) {
      return binding.channel();
    }
    var cause = binding.cause();
    if (cause instanceof BindException && String.valueOf(cause.getMessage()).contains("in use")) {
      throw new PortInUse("expected a free gossip port, got: " + address + " is in use", cause);
    }
    throw new IOException("expected to open the gossip port " + address + ", got: " + cause, cause);
  }
}
