package io.roster.net.codec;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import java.io.IOException;

/** A generated protobuf message, which passes through as it is. */
record ProtobufCodec(Parser<? extends MessageLite> parser) implements MessageBody {

  /** The codec of a generated class. */
  static ProtobufCodec of(Class<?> type) {
    try {
      var instance = (MessageLite) type.getMethod("getDefaultInstance").invoke(null);
      return new ProtobufCodec(instance.getParserForType());
    } catch (ReflectiveOperationException | ClassCastException e) {
      throw new IllegalArgumentException(
          "expected a generated protobuf message, got: " + type.getName(), e);
    }
  }

  @Override
  public void writeBody(WireWriter out, Object value) throws CodecException {
    out.raw(((MessageLite) value).toByteString());
  }

  @Override
  public Object readBody(WireReader in) throws CodecException, IOException {
    byte[] rest = in.in().readRawBytes(in.bytesLeft());
    try {
      return parser.parseFrom(rest);
    } catch (InvalidProtocolBufferException e) {
      throw new CodecException(
          CodecException.Kind.MALFORMED, "expected a protobuf message: " + e.getMessage(), e);
    }
  }
}
