package io.roster.net.membership.udp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.handler.codec.CorruptedFrameException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.timeout.ReadTimeoutException;
import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import io.roster.net.membership.swim.Packet;
import io.roster.net.membership.wire.PacketCodec;
import java.net.PortUnreachableException;
import java.net.SocketException;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FaultsTest {

  private final Traffic traffic = new Traffic();
  private final Seals seals = new Seals(() -> Keyring.of(GossipNodes.KEY), "test");
  private final EmbeddedChannel port =
      new EmbeddedChannel(
          new DatagramPort(
              seals.datagramSealer(),
              seals.datagramOpener(16),
              LinkFilter.OPEN,
              traffic,
              (_, _) -> {
                throw new IllegalStateException("a fault");
              }));

  @Test
  void what_peers_and_networks_do_is_everyday_life() {
    assertThat(
            List.of(
                new SocketException("Connection reset"),
                new ClosedChannelException(),
                ReadTimeoutException.INSTANCE,
                new CorruptedFrameException("negative length"),
                new TooLongFrameException()))
        .allMatch(Faults::isFromOutside);
  }

  @Test
  void what_the_code_gets_wrong_is_not() {
    assertThat(
            List.of(
                new IllegalStateException(), new NullPointerException(), new OutOfMemoryError()))
        .noneMatch(Faults::isFromOutside);
  }

  @Test
  void a_fault_of_this_node_is_not_counted_as_a_malformed_datagram() {
    var from = new NodeId(new NodeName("a"), 1);
    byte[] packet = PacketCodec.encode(new Packet(from, new Packet.News(), List.of()));
    byte[] sealed = seals.datagramSealer().seal(packet);

    port.writeInbound(
        new DatagramPacket(
            Unpooled.wrappedBuffer(sealed), GossipNodes.loopback(1), GossipNodes.loopback(2)));

    assertThat(traffic.datagramsReceived.sum()).isEqualTo(1);
    assertThat(traffic.rejected()).containsEntry(Rejection.MALFORMED, 0L);
  }

  @Test
  void what_a_host_answers_is_counted_and_leaves_the_port_open() {
    port.pipeline().fireExceptionCaught(new PortUnreachableException());

    assertThat(traffic.rejected()).containsEntry(Rejection.MALFORMED, 1L);
    assertThat(port.isOpen()).isTrue();
  }
}
