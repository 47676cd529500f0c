package io.roster.net.transport.netty;

import com.google.protobuf.ByteString;
import io.netty.bootstrap.Bootstrap;
import io.roster.core.identity.NodeId;
import io.roster.net.transport.ClientDialer;
import io.roster.net.transport.Feature;
import io.roster.net.transport.Offered;
import io.roster.net.wire.LinkMessage.Data;
import io.roster.net.wire.LinkMessage.Dialler;
import io.roster.net.wire.LinkMessage.Heartbeat;
import io.roster.net.wire.LinkMessage.Hello;
import io.roster.net.wire.LinkMessage.Seat;
import io.roster.net.wire.RefusalCode;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Dials nodes from outside the cluster. Thread-safe. */
public final class NettyClientDialer implements ClientDialer {

  private final String label;
  private final LinkOptions options;
  private final EventLoops loops;
  private final Channels channels;
  private final SecureRandom random = new SecureRandom();

  /**
   * @param label what the client calls itself, for the nodes' logs
   */
  public NettyClientDialer(String label, LinkOptions options) {
    this.label = label;
    this.options = options;
    this.channels = new Channels(options);
    this.loops = EventLoops.start(1, label);
  }

  @Override
  public void dial(InetSocketAddress address, Listener listener) {
    var hello =
        new Hello(
            Handshake.PROTOCOL_MIN,
            Handshake.PROTOCOL_MAX,
            options.cluster(),
            new Dialler.Client(label),
            new Seat(0, 0, 1, Optional.empty()),
            Handshake.nonce(random));
    var outcome =
        new DialHandshake.Outcome() {
          @Override
          public void onOpen(Lane lane, NodeId peer) {
            var line = new Line(peer, lane, listener);
            lane.ownedBy(line);
            listener.onOpen(line);
            lane.open();
            lane.every(options.times().beat(), line::beat);
          }

          @Override
          public void onFailed(RefusalCode code, String detail) {
            listener.onFailed(detail);
          }
        };
    channels.dial(
        new Bootstrap().group(loops.group()).channel(loops.client()),
        address,
        new DialHandshake(options, hello, Optional.empty(), outcome),
        outcome);
  }

  @Override
  public void close() {
    var _ = loops.group().shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  private final class Line implements NodeLine, Lane.Owner {

    private final NodeId node;
    private final Lane lane;
    private final Listener listener;
    private int silentBeats;

    Line(NodeId node, Lane lane, Listener listener) {
      this.node = node;
      this.lane = lane;
      this.listener = listener;
    }

    void beat() {
      silentBeats = lane.takeHeard() ? 0 : silentBeats + 1;
      if (silentBeats > options.times().silentBeatsMax()) {
        lane.shut("silent for " + silentBeats + " beats", () -> {});
      } else {
        lane.say(new Heartbeat());
      }
    }

    @Override
    public NodeId node() {
      return node;
    }

    @Override
    public Offered send(ByteString payload) {
      return lane.offer(Feature.CLIENT.number(), payload, 0);
    }

    @Override
    public void close() {
      lane.shut("closed by the client", () -> {});
    }

    @Override
    public void onData(Lane from, Data data) {
      listener.onFrame(data.payload());
    }

    @Override
    public void onBeat(Lane from) {}

    @Override
    public void onClosed(Lane from, String reason) {
      listener.onClosed(reason);
    }
  }
}
