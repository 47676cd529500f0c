package io.roster.net.transport.netty;

import com.google.protobuf.UnsafeByteOperations;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.CorruptedFrameException;
import java.util.List;

/**
 * Cuts the stream into frames: four bytes of length, then that many bytes. The limit is small until
 * the peer has proved itself, so that a stranger cannot make this node hold much.
 */
final class FrameDecoder extends ByteToMessageDecoder {

  static final int LENGTH_BYTES = 4;

  /** The largest frame of a handshake. */
  static final int HANDSHAKE_BYTES_MAX = 4096;

  private int bytesMax = HANDSHAKE_BYTES_MAX;

  /** Frames may have {@code bytesMax} bytes from the next one on. */
  void allow(int bytesMax) {
    this.bytesMax = bytesMax;
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    if (in.readableBytes() < LENGTH_BYTES) {
      return;
    }
    int length = in.getInt(in.readerIndex());
    if (length < 0 || length > bytesMax) {
      String start = ByteBufUtil.hexDump(in, in.readerIndex(), Math.min(16, in.readableBytes()));
      in.skipBytes(in.readableBytes());
      throw new CorruptedFrameException(
          "expected a frame of at most "
              + bytesMax
              + " bytes, got: length "
              + Integer.toUnsignedString(length)
              + " (bytes "
              + start
              + ")");
    }
    if (in.readableBytes() < LENGTH_BYTES + length) {
      return;
    }
    in.skipBytes(LENGTH_BYTES);
    var frame = new byte[length];
    in.readBytes(frame);
    out.add(UnsafeByteOperations.unsafeWrap(frame));
  }
}
