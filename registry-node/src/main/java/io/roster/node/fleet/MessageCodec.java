package io.roster.node.fleet;

import com.google.protobuf.ByteString;
import io.roster.core.process.ProcessSystem;
import io.roster.net.codec.MessageTypes;

/** Messages of any registered type as bytes that tell their type, and back. Thread-safe. */
public interface MessageCodec {

  /**
   * {@code message} as bytes.
   *
   * @throws Exception if its type is not registered or cannot be written
   */
  ByteString encode(Object message) throws Exception;

  /**
   * The message that was written.
   *
   * @throws Exception if the bytes cannot be read or the type is not registered here
   */
  Object decode(ByteString bytes) throws Exception;

  /** The messages that {@code types} knows; reply handles answer through {@code system}. */
  static MessageCodec of(MessageTypes types, ProcessSystem system) {
    return new TypedMessages(types, system);
  }
}
