package io.roster.testkit.requirement;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RequiresTest {

  @TempDir private Path folder;

  @Test
  void a_socket_that_nobody_listens_to_is_no_engine() {
    var socket = folder.resolve("docker.sock");

    assertThat(Probe.dockerEngine(Map.of("DOCKER_HOST", "unix://" + socket)))
        .hasValueSatisfying(why -> assertThat(why).contains(socket.toString()));
  }

  @Test
  void a_socket_that_answers_something_else_is_no_engine() throws Exception {
    var socket = folder.resolve("docker.sock");
    try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(socket));
      var answering =
          Thread.ofVirtual().start(() -> answer(server, "HTTP/1.0 404 Not Found\r\n\r\n"));

      assertThat(Probe.dockerEngine(Map.of("DOCKER_HOST", "unix://" + socket)))
          .hasValueSatisfying(why -> assertThat(why).contains("404"));
      answering.join();
    }
  }

  @Test
  void a_malformed_address_is_named() {
    assertThat(Probe.dockerEngine(Map.of("DOCKER_HOST", "tcp://")))
        .hasValueSatisfying(why -> assertThat(why).contains("tcp://"));
  }

  private static void answer(ServerSocketChannel server, String text) {
    try (var client = server.accept()) {
      client.read(ByteBuffer.allocate(256));
      client.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
    } catch (IOException failure) {
      throw new IllegalStateException(failure);
    }
  }
}
