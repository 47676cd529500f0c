package io.roster.net.membership.udp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ServerSocket;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A refusal is evidence that a process has ended; silence is none. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ClosedPortIT {

  @Test
  void a_host_that_refuses_has_said_so() throws Exception {
    int port;
    try (var server = new ServerSocket(0)) {
      port = server.getLocalPort();
    }
    var threads = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    try {
      var connecting =
          new Bootstrap()
              .group(threads)
              .channel(NioSocketChannel.class)
              .handler(new ChannelInboundHandlerAdapter())
              .connect(GossipNodes.loopback(port));

      assertThat(connecting.await(GossipNodes.PATIENCE.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
      assertThat(ClosedPort.isSaidBy(connecting.cause())).isTrue();
    } finally {
      threads.shutdownGracefully(0, 0, TimeUnit.SECONDS).sync();
    }
  }

  static Stream<Exception> silences() {
    return Stream.of(
        // What the JDK makes of ETIMEDOUT, and Netty of that.
        new ConnectException("Connection timed out"),
        new ConnectException("Connection timed out: /192.0.2.1:7001"),
        new ConnectTimeoutException("connection timed out after 2000 ms: /192.0.2.1:7001"),
        new NoRouteToHostException("No route to host"));
  }

  @ParameterizedTest
  @MethodSource("silences")
  void a_host_that_says_nothing_has_not(Exception failure) {
    assertThat(ClosedPort.isSaidBy(failure)).isFalse();
  }
}
