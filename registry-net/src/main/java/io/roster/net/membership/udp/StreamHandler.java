package io.roster.net.membership.udp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.timeout.ReadTimeoutHandler;
import io.roster.net.membership.swim.StreamMessage;
import io.roster.net.membership.wire.KeyCodec;
import io.roster.net.membership.wire.MalformedGossip;
import io.roster.net.membership.wire.StreamCodec;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/* Over a stream go frames: length 4 | bytes. The accepting side sends the first, a challenge of 16
 * random bytes in the open; all others are sealed messages. Until a peer has shown that it holds a
 * key its frames must be short, and whoever opened the stream has little time: a peer that sends a byte
 * now and then could hold it forever otherwise.
 */
final class StreamHandler extends SimpleChannelInboundHandler<ByteBuf> {

  private static final Logger LOG = LoggerFactory.getLogger(StreamHandler.class);
  private static final int STRANGER_FRAME_MAX = 4_096;
  private static final int FRAME_MAX = 16 << 20;
  private static final String FRAMES = "frames";
  private static final String DEADLINE = "deadline";

  private final long stream;
  private final StreamPort port;
  private final Seals seals;
  private final Duration timeout;
  private final Traffic traffic;

  /** What to send once the challenge is here; null on the accepting side, and once sent. */
  private @Nullable StreamMessage first;

  private @Nullable Sealer sealer;
  private @Nullable Opener opener;
  private boolean trusted;

  private StreamHandler(
      long stream,
      StreamPort port,
      Seals seals,
      Duration timeout,
      Traffic traffic,
      @Nullable StreamMessage first) {
    this.stream = stream;
    this.port = port;
    this.seals = seals;
    this.timeout = timeout;
    this.traffic = traffic;
    this.first = first;
  }

  @SuppressWarnings("ParameterNumber") // passed on as they came
  static StreamHandler opening(
      long stream,
      StreamPort port,
      Seals seals,
      Duration timeout,
      Traffic traffic,
      StreamMessage first) {
    return new StreamHandler(stream, port, seals, timeout, traffic, first);
  }

  static StreamHandler accepted(
      long stream, StreamPort port, Seals seals, Duration timeout, Traffic traffic) {
    return new StreamHandler(stream, port, seals, timeout, traffic, null);
  }

  void install(ChannelPipeline pipeline) {
    pipeline.addLast(new ReadTimeoutHandler(timeout.toMillis(), TimeUnit.MILLISECONDS));
    if (stream < 0) {
      pipeline.addLast(DEADLINE, new Deadline(timeout));
    }
    pipeline.addLast(FRAMES, frames(STRANGER_FRAME_MAX));
    pipeline.addLast(this);
  }

  void say(Channel channel, StreamMessage message, boolean last) {
    say(channel, StreamCodec.encode(message), last);
  }

  void say(Channel channel, byte[] message, boolean last) {
    var sealing = sealer;
    if (sealing == null) {
      return;
    }
    byte[] sealed = sealing.seal(message);
    traffic.bytesSent.add(4L + sealed.length);
    var written = write(channel, sealed);
    if (last) {
      written.addListener(ChannelFutureListener.CLOSE);
    }
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    if (stream < 0) {
      byte[] challenge = seals.challenge();
      sealer = seals.streamSealer(challenge, false);
      opener = seals.streamOpener(challenge, true);
      var _ = write(ctx.channel(), challenge);
    }
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, ByteBuf frame) {
    byte[] bytes = new byte[frame.readableBytes()];
    frame.readBytes(bytes);
    var opening = opener;
    if (opening == null) {
      challenged(ctx, bytes);
      return;
    }
    switch (opening.open(bytes)) {
      case Opener.Message(byte[] message) -> {
        traffic.bytesReceived.add(4L + bytes.length);
        trust(ctx);
        decode(ctx, message);
      }
      case Opener.Rejected(Rejection why) -> {
        traffic.reject(why);
        var _ = ctx.close();
      }
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    // A stream that this node closed itself says nothing about the peer.
    if (stream > 0 && opener != null && !trusted && port.isOpen(stream)) {
      port.shunned(ctx.channel().remoteAddress());
    }
    port.gone(stream, false);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof TooLongFrameException) {
      traffic.reject(Rejection.OVERSIZED);
    } else if (!Faults.isFromOutside(cause)) {
      LOG.error("failed on a stream with {}", ctx.channel().remoteAddress(), cause);
    }
    var _ = ctx.close();
  }

  private void challenged(ChannelHandlerContext ctx, byte[] challenge) {
    var message = first;
    if (challenge.length != Seals.CHALLENGE || message == null) {
      traffic.reject(Rejection.NOT_GOSSIP);
      var _ = ctx.close();
      return;
    }
    first = null;
    sealer = seals.streamSealer(challenge, true);
    opener = seals.streamOpener(challenge, false);
    say(ctx.channel(), message, false);
  }

  private void trust(ChannelHandlerContext ctx) {
    if (!trusted) {
      trusted = true;
      ctx.pipeline().replace(FRAMES, FRAMES, frames(FRAME_MAX));
      if (stream < 0) {
        ctx.pipeline().remove(DEADLINE);
        port.proved(stream);
      }
    }
  }

  private void decode(ChannelHandlerContext ctx, byte[] message) {
    StreamMessage decoded;
    try {
      var order = KeyCodec.order(message);
      // Only whoever opens a stream asks for something.
      if (order.isPresent() && stream < 0) {
        port.ordered(stream, order.get());
        return;
      }
      decoded = StreamCodec.decode(message, () -> traffic.reject(Rejection.LATER_VERSION));
    } catch (MalformedGossip e) {
      traffic.reject(Rejection.MALFORMED);
      var _ = ctx.close();
      return;
    }
    port.heard(stream, decoded);
  }

  private static io.netty.channel.ChannelFuture write(Channel channel, byte[] bytes) {
    return channel.writeAndFlush(
        Unpooled.wrappedBuffer(
            Unpooled.buffer(4).writeInt(bytes.length), Unpooled.wrappedBuffer(bytes)));
  }

  private static LengthFieldBasedFrameDecoder frames(int max) {
    return new LengthFieldBasedFrameDecoder(max, 0, 4, 0, 4);
  }
}
