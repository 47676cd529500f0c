package io.roster.testkit.requirement;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** Looks at the machine. Each answer is why something is missing, or empty where it is there. */
final class Probe {

  private static final String DOCKER_SOCKET = "unix:///var/run/docker.sock";

  private Probe() {}

  /**
   * Asks for {@code /_ping} as any client would: a socket that is left over from a dead engine does
   * not count.
   */
  static Optional<String> dockerEngine(Map<String, String> environment) {
    var host = environment.getOrDefault("DOCKER_HOST", DOCKER_SOCKET);
    try (var socket = connect(URI.create(host))) {
      socket.write(bytes("GET /_ping HTTP/1.0\r\nHost: docker\r\n\r\n"));
      var answer = ByteBuffer.allocate(64);
      socket.read(answer);
      var status = new String(answer.array(), 0, answer.position(), StandardCharsets.US_ASCII);
      return status.contains(" 200 ")
          ? Optional.empty()
          : Optional.of("expected a Docker engine at %s, got: %s".formatted(host, status.strip()));
    } catch (IOException | IllegalArgumentException | UnsupportedOperationException failure) {
      return Optional.of(
          "no Docker engine answers at %s (%s)".formatted(host, failure.getMessage()));
    }
  }

  private static SocketChannel connect(URI host) throws IOException {
    if ("unix".equals(host.getScheme())) {
      return open(StandardProtocolFamily.UNIX, UnixDomainSocketAddress.of(host.getPath()));
    }
    if (host.getHost() == null || host.getPort() < 0) {
      throw new IllegalArgumentException("expected unix:///path or tcp://host:port");
    }
    return open(StandardProtocolFamily.INET, new InetSocketAddress(host.getHost(), host.getPort()));
  }

  private static SocketChannel open(StandardProtocolFamily family, SocketAddress address)
      throws IOException {
    var socket = SocketChannel.open(family);
    try {
      socket.connect(address);
      return socket;
    } catch (IOException | RuntimeException failure) {
      socket.close();
      throw failure;
    }
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }
}
