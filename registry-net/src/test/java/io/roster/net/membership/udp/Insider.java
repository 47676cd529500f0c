package io.roster.net.membership.udp;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import io.roster.net.membership.swim.Packet;
import io.roster.net.membership.swim.StreamMessage;
import io.roster.net.membership.wire.MalformedGossip;
import io.roster.net.membership.wire.PacketCodec;
import io.roster.net.membership.wire.StreamCodec;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Somebody who holds the key, at one end of a stream: all he says is authentic. */
final class Insider implements AutoCloseable {

  static final NodeId SELF = new NodeId(new NodeName("insider"), 1);

  /** The longest message that fits a frame. */
  static final int MESSAGE_MAX = (16 << 20) - 4 - Envelope.HEADER - Envelope.TAG;

  private static final Seals SEALS = new Seals(() -> Keyring.of(GossipNodes.KEY), "test");

  private final Socket socket;
  private final DataInputStream in;
  private final DataOutputStream out;
  private final Sealer sealer;
  private final Opener opener;
  private final ScheduledExecutorService trickle = Executors.newSingleThreadScheduledExecutor();

  private Insider(Socket socket, byte[] challenge, boolean opened) throws IOException {
    this.socket = socket;
    this.in = new DataInputStream(socket.getInputStream());
    this.out = new DataOutputStream(socket.getOutputStream());
    this.sealer = SEALS.streamSealer(challenge, opened);
    this.opener = SEALS.streamOpener(challenge, !opened);
    socket.setSoTimeout((int) GossipNodes.PATIENCE.toMillis());
  }

  /** Opens a stream to a node. */
  static Insider opening(InetSocketAddress node) throws IOException {
    var socket = new Socket(node.getAddress(), node.getPort());
    return new Insider(socket, readFrame(new DataInputStream(socket.getInputStream())), true);
  }

  /** Has a node open a stream to him, by a datagram of a name that it does not know. */
  static Insider openedBy(InetSocketAddress node) throws IOException {
    while (true) {
      try (var server = new ServerSocket(0, 1, node.getAddress());
          var datagrams = new DatagramSocket(server.getLocalSocketAddress())) {
        server.setSoTimeout((int) GossipNodes.PATIENCE.toMillis());
        byte[] ping =
            PacketCodec.encode(
                new Packet(SELF, new Packet.Ping(1, new Packet.Anybody()), List.of()));
        byte[] sealed = SEALS.datagramSealer().seal(ping);
        datagrams.send(new DatagramPacket(sealed, sealed.length, node));
        byte[] challenge = SEALS.challenge();
        var insider = new Insider(server.accept(), challenge, false);
        insider.write(challenge);
        return insider;
      } catch (BindException e) {
        // The other kind of socket has that port; another one will do.
      }
    }
  }

  void say(StreamMessage message) throws IOException {
    say(StreamCodec.encode(message));
  }

  void say(byte[] message) throws IOException {
    write(sealer.seal(message));
  }

  /** Says both in one packet. */
  void sayBoth(byte[] first, byte[] second) throws IOException {
    byte[] one = sealer.seal(first);
    byte[] other = sealer.seal(second);
    sayRaw(
        ByteBuffer.allocate(8 + one.length + other.length)
            .putInt(one.length)
            .put(one)
            .putInt(other.length)
            .put(other)
            .array());
  }

  /** Bytes of a frame as they are. */
  void sayRaw(byte... bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }

  /** Sends a byte from time to time until he is closed. */
  void trickle(Duration interval) {
    var _ =
        trickle.scheduleAtFixedRate(
            () -> {
              try {
                out.write(0);
              } catch (IOException e) {
                // The node has ended the stream.
              }
            },
            0,
            interval.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  StreamMessage hear() throws IOException {
    if (!(opener.open(readFrame(in)) instanceof Opener.Message(byte[] message))) {
      throw new IOException("expected a sealed message");
    }
    try {
      return StreamCodec.decode(message);
    } catch (MalformedGossip e) {
      throw new IOException(e);
    }
  }

  /** Waits until the node has ended the stream, without another word. */
  void assertEnd() {
    assertThat(HostileInputIT.endOf(in)).isEqualTo(-1);
  }

  @Override
  public void close() throws IOException {
    trickle.shutdownNow();
    socket.close();
  }

  private void write(byte[] frame) throws IOException {
    out.writeInt(frame.length);
    out.write(frame);
    out.flush();
  }

  private static byte[] readFrame(DataInputStream in) throws IOException {
    byte[] bytes = new byte[in.readInt()];
    in.readFully(bytes);
    return bytes;
  }
}
