package io.roster.net.transport.netty;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.protobuf.ByteString;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;

/** Writes the few frames of a handshake. */
final class FrameWriter {

  private FrameWriter() {}

  /** The future fails if the connection does, which closes it anyway. */
  @CanIgnoreReturnValue
  static ChannelFuture write(ChannelHandlerContext context, ByteString frame) {
    var buffer = context.alloc().buffer(FrameDecoder.LENGTH_BYTES + frame.size());
    buffer.writeInt(frame.size());
    return context.writeAndFlush(
        Unpooled.wrappedBuffer(buffer, Unpooled.wrappedBuffer(frame.asReadOnlyByteBuffer())));
  }
}
