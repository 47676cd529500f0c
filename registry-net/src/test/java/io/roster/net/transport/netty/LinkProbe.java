package io.roster.net.transport.netty;

import com.google.protobuf.ByteString;
import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import io.roster.net.transport.Feature;
import io.roster.net.transport.Frame;
import io.roster.net.transport.Lane;
import io.roster.net.transport.Sent;
import io.roster.net.transport.Transport;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A transport on loopback that notes what it is told, in order. */
final class LinkProbe implements AutoCloseable {

  static final LinkOptions OPTIONS =
      LinkOptions.of("test", Cookie.of("a cookie for tests"))
          .withTimes(
              new LinkOptions.Times(
                  Duration.ofMillis(200),
                  50,
                  Duration.ofSeconds(10),
                  Duration.ofMillis(20),
                  Duration.ofMillis(200)));

  private static final long PATIENCE_SECONDS = 20;

  final NettyTransport transport;
  final BlockingQueue<String> events = new LinkedBlockingQueue<>();

  private LinkProbe(NettyTransport transport) {
    this.transport = transport;
    transport.onLinks(
        new Transport.LinkListener() {
          @Override
          public void onUp(NodeId peer) {
            events.add("up " + peer);
          }

          @Override
          public void onDown(NodeId peer) {
            events.add("down " + peer);
          }
        });
    transport.onFrames(
        Feature.SIGNALS,
        (from, frame) -> events.add(from + " says " + frame.payload().toStringUtf8()));
  }

  static LinkProbe start(String name, long incarnation) throws BindException {
    return start(name, incarnation, OPTIONS);
  }

  static LinkProbe start(String name, long incarnation, LinkOptions options) throws BindException {
    var self = new NodeId(new NodeName(name), incarnation);
    return new LinkProbe(
        NettyTransport.start(
            self, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), options));
  }

  /** Takes no more frames after the first of {@code feature}, until the latch is counted down. */
  CountDownLatch stall(Feature feature) {
    var reading = new CountDownLatch(1);
    transport.onFrames(
        feature,
        (_, _) -> {
          try {
            reading.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
    return reading;
  }

  NodeId id() {
    return transport.self();
  }

  void connect(LinkProbe peer) {
    transport.connect(peer.id(), peer.transport.localAddress());
  }

  Sent send(LinkProbe peer, String text) {
    return send(peer, Lane.data(1), text);
  }

  Sent send(LinkProbe peer, Lane lane, String text) {
    return transport.send(
        peer.id().name(), lane, new Frame(Feature.SIGNALS, ByteString.copyFromUtf8(text)));
  }

  String next() throws InterruptedException {
    String event = events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (event == null) {
      throw new AssertionError(id() + " heard nothing for " + PATIENCE_SECONDS + " s");
    }
    return event;
  }

  @Override
  public void close() {
    transport.close();
  }
}
