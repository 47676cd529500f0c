package io.roster.net.membership.udp;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import io.roster.net.membership.swim.Packet;
import io.roster.net.membership.wire.MalformedGossip;
import io.roster.net.membership.wire.PacketCodec;
import java.net.InetSocketAddress;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sealed datagrams in and out. Confined to the membership thread. */
final class DatagramPort extends SimpleChannelInboundHandler<DatagramPacket> {

  private static final Logger LOG = LoggerFactory.getLogger(DatagramPort.class);

  private final Sealer sealer;
  private final Opener opener;
  private final LinkFilter filter;
  private final Traffic traffic;
  private final BiConsumer<InetSocketAddress, Packet> receiver;

  DatagramPort(
      Sealer sealer,
      Opener opener,
      LinkFilter filter,
      Traffic traffic,
      BiConsumer<InetSocketAddress, Packet> receiver) {
    this.sealer = sealer;
    this.opener = opener;
    this.filter = filter;
    this.traffic = traffic;
    this.receiver = receiver;
  }

  void send(Channel channel, InetSocketAddress to, Packet packet) {
    if (!filter.passes(LinkFilter.Way.OUT, to)) {
      return;
    }
    byte[] sealed = sealer.seal(PacketCodec.encode(packet));
    traffic.datagramsSent.increment();
    traffic.bytesSent.add(sealed.length);
    // A datagram that cannot be sent is a datagram that is lost.
    var _ =
        channel.writeAndFlush(
            new DatagramPacket(Unpooled.wrappedBuffer(sealed), to), channel.voidPromise());
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, DatagramPacket datagram) {
    var source = datagram.sender();
    if (!filter.passes(LinkFilter.Way.IN, source)) {
      return;
    }
    byte[] bytes = new byte[datagram.content().readableBytes()];
    datagram.content().readBytes(bytes);
    switch (opener.open(bytes)) {
      case Opener.Message(byte[] message) -> {
        traffic.datagramsReceived.increment();
        traffic.bytesReceived.add(bytes.length);
        decode(source, message);
      }
      case Opener.Rejected(Rejection why) -> traffic.reject(why);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    // The port stays open whatever a peer's host answers.
    if (Faults.isFromOutside(cause)) {
      traffic.reject(Rejection.MALFORMED);
    } else {
      LOG.error("failed on a datagram", cause);
    }
  }

  private void decode(InetSocketAddress source, byte[] message) {
    Packet packet;
    try {
      packet = PacketCodec.decode(message, () -> traffic.reject(Rejection.LATER_VERSION));
    } catch (MalformedGossip e) {
      traffic.reject(Rejection.MALFORMED);
      return;
    }
    receiver.accept(source, packet);
  }
}
