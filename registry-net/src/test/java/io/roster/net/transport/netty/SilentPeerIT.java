package io.roster.net.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import io.roster.net.wire.LinkMessage.Accepted;
import io.roster.net.wire.LinkMessage.Dialler;
import io.roster.net.wire.LinkMessage.Heartbeat;
import io.roster.net.wire.LinkMessage.Hello;
import io.roster.net.wire.LinkMessage.Proof;
import io.roster.net.wire.LinkMessage.Seat;
import io.roster.net.wire.LinkWire;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A peer that has linked and then says nothing, as one whose machine has frozen. */
@Timeout(60)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SilentPeerIT {

  private static final LinkOptions IMPATIENT =
      LinkProbe.OPTIONS.withTimes(
          new LinkOptions.Times(
              Duration.ofMillis(50),
              3,
              Duration.ofSeconds(10),
              Duration.ofMillis(20),
              Duration.ofMillis(200)));

  private static Socket lane(LinkProbe node, int lane) throws Exception {
    var socket = new Socket();
    socket.setSoTimeout(20_000);
    socket.connect(node.transport.localAddress());
    var hello =
        LinkWire.encode(
            new Hello(
                1,
                1,
                "test",
                new Dialler.Node(new NodeId(new NodeName("frozen"), 9)),
                new Seat(77, lane, 2, Optional.empty()),
                Handshake.nonce(new SecureRandom())));
    write(socket, hello);
    var challenge = read(socket);
    var mac =
        IMPATIENT.cookie().prove(Handshake.DIALLER, hello.toByteArray(), challenge.toByteArray());
    write(socket, LinkWire.encode(new Proof(ByteString.copyFrom(mac))));
    assertThat(LinkWire.decode(read(socket))).isInstanceOf(Accepted.class);
    return socket;
  }

  private static void write(Socket socket, ByteString frame) throws IOException {
    var out = new DataOutputStream(socket.getOutputStream());
    out.writeInt(frame.size());
    out.write(frame.toByteArray());
    out.flush();
  }

  private static ByteString read(Socket socket) throws IOException {
    var in = new DataInputStream(socket.getInputStream());
    var bytes = new byte[in.readInt()];
    in.readFully(bytes);
    return ByteString.copyFrom(bytes);
  }

  @Test
  void its_link_is_given_up_after_some_beats() throws Exception {
    try (var node = LinkProbe.start("a", 1, IMPATIENT);
        var control = lane(node, 0);
        var data = lane(node, 1)) {
      assertThat(node.next()).isEqualTo("up frozen#9");

      assertThat(LinkWire.decode(read(control))).isEqualTo(new Heartbeat());

      assertThat(node.next()).isEqualTo("down frozen#9");
      assertThat(data.isConnected()).isTrue();
    }
  }

  @Test
  void a_link_is_up_only_when_all_its_lanes_are() throws Exception {
    try (var node = LinkProbe.start("a", 1, IMPATIENT);
        var _ = lane(node, 0)) {
      assertThat(node.transport.peers()).isEmpty();

      try (var _ = lane(node, 1)) {
        assertThat(node.next()).isEqualTo("up frozen#9");
      }
      assertThat(node.next()).isEqualTo("down frozen#9");
    }
  }
}
