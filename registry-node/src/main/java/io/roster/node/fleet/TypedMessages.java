package io.roster.node.fleet;

import com.google.protobuf.ByteString;
import io.roster.core.process.ProcessSystem;
import io.roster.core.server.ReplyTo;
import io.roster.net.codec.Encoded;
import io.roster.net.codec.MessageTypes;
import java.nio.charset.StandardCharsets;

/**
 * Messages with the alias of their type before them: its length in one byte, then its characters.
 */
record TypedMessages(MessageTypes types, ProcessSystem system) implements MessageCodec {

  @Override
  public ByteString encode(Object message) throws Exception {
    Encoded encoded = types.encode(message);
    byte[] alias = encoded.type().getBytes(StandardCharsets.US_ASCII);
    return ByteString.copyFrom(new byte[] {(byte) alias.length})
        .concat(ByteString.copyFrom(alias))
        .concat(encoded.value());
  }

  @Override
  public Object decode(ByteString bytes) throws Exception {
    if (bytes.isEmpty() || bytes.size() < 1 + bytes.byteAt(0) || bytes.byteAt(0) < 1) {
      throw new IllegalArgumentException(
          "expected a message with the alias of its type, got " + bytes.size() + " bytes");
    }
    int start = 1 + bytes.byteAt(0);
    String alias = bytes.substring(1, start).toString(StandardCharsets.US_ASCII);
    return types.decode(alias, bytes.substring(start), to -> ReplyTo.of(system, to));
  }
}
