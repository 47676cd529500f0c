package io.roster.net.codec;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import io.roster.net.codec.CodecException.Kind;
import java.io.IOException;

/** Reads protobuf wire format within limits. Confined to one thread, used once. */
final class WireReader {

  private final CodedInputStream in;
  private final int size;
  private final DecodeLimits limits;
  private final ReplyAddresses replies;
  private int depth;
  private int elements;

  WireReader(ByteString bytes, DecodeLimits limits, ReplyAddresses replies) {
    this.in = bytes.newCodedInput();
    this.size = bytes.size();
    this.limits = limits;
    this.replies = replies;
  }

  CodedInputStream in() {
    return in;
  }

  ReplyAddresses replies() {
    return replies;
  }

  /** Begins an embedded message; give what is returned to {@link #end}. */
  int begin() throws CodecException, IOException {
    if (++depth > limits.depthMax()) {
      throw new CodecException(
          Kind.LIMIT, "expected at most " + limits.depthMax() + " levels, got more");
    }
    int length = in.readRawVarint32();
    return in.pushLimit(length);
  }

  void end(int begun) throws CodecException, IOException {
    if (!in.isAtEnd()) {
      throw new CodecException(Kind.MALFORMED, "expected the end of a message, got more bytes");
    }
    in.popLimit(begun);
    depth--;
  }

  /** How many bytes the innermost message still has. */
  int bytesLeft() {
    int untilLimit = in.getBytesUntilLimit();
    return untilLimit >= 0 ? untilLimit : size - in.getTotalBytesRead();
  }

  void countElement() throws CodecException {
    if (++elements > limits.elementsMax()) {
      throw new CodecException(
          Kind.LIMIT, "expected at most " + limits.elementsMax() + " elements, got more");
    }
  }
}
