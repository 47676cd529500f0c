package io.roster.net.transport.netty;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.roster.net.wire.RefusalCode;
import java.net.InetSocketAddress;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** How connections are set up, whichever end dialled: encryption if asked for, then frames. */
final class Channels {

  private static final WriteBufferWaterMark WATER_MARK =
      new WriteBufferWaterMark(256 << 10, 1 << 20);

  private final LinkOptions options;
  private final Optional<SslContext> server;
  private final Optional<SslContext> client;

  Channels(LinkOptions options) {
    this.options = options;
    try {
      switch (options.security()) {
        case LinkSecurity.Plain() -> {
          server = Optional.empty();
          client = Optional.empty();
        }
        case LinkSecurity.Tls(var chain, var key, var authorities) -> {
          server =
              Optional.of(
                  SslContextBuilder.forServer(chain.toFile(), key.toFile())
                      .trustManager(authorities.toFile())
                      .clientAuth(ClientAuth.REQUIRE)
                      .protocols("TLSv1.3")
                      .build());
          client =
              Optional.of(
                  SslContextBuilder.forClient()
                      .keyManager(chain.toFile(), key.toFile())
                      .trustManager(authorities.toFile())
                      // Nodes have no host names of their own: the authority and the cookie say
                      // who belongs to the cluster.
                      .endpointIdentificationAlgorithm(null)
                      .protocols("TLSv1.3")
                      .build());
        }
      }
    } catch (SSLException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "expected PEM certificates and a PKCS#8 key in " + options.security(), e);
    }
  }

  void prepareAccepted(Channel channel, ChannelHandler handshake) {
    server.ifPresent(tls -> channel.pipeline().addLast("tls", tls.newHandler(channel.alloc())));
    prepare(channel, handshake);
  }

  void dial(
      Bootstrap bootstrap,
      InetSocketAddress address,
      ChannelHandler handshake,
      DialHandshake.Outcome outcome) {
    var _ =
        bootstrap
            .option(ChannelOption.TCP_NODELAY, true)
            .option(
                ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) options.times().handshake().toMillis())
            .handler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    client.ifPresent(
                        tls -> channel.pipeline().addLast("tls", tls.newHandler(channel.alloc())));
                    prepare(channel, handshake);
                  }
                })
            .connect(address)
            .addListener(
                (ChannelFutureListener)
                    connected -> {
                      if (!connected.isSuccess()) {
                        outcome.onFailed(RefusalCode.OTHER, Causes.text(connected.cause()));
                      }
                    });
  }

  private static void prepare(Channel channel, ChannelHandler handshake) {
    channel.config().setWriteBufferWaterMark(WATER_MARK);
    channel.pipeline().addLast("frames", new FrameDecoder()).addLast("handshake", handshake);
  }
}
