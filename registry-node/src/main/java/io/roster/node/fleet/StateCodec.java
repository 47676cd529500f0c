package io.roster.node.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.ByteString;

/**
 * A worker's state, or its arguments, as bytes and back. Thread-safe.
 *
 * <p>Nodes that run different versions of the code exchange these bytes, so a codec must read what
 * its predecessor wrote.
 *
 * @param <T> what it writes
 */
public interface StateCodec<T> {

  /**
   * {@code value} as bytes.
   *
   * @throws Exception if it cannot be written; a worker then stays where it is
   */
  ByteString encode(T value) throws Exception;

  /**
   * The value that was written.
   *
   * @throws Exception if the bytes cannot be read; a worker then stays where it is
   */
  T decode(ByteString bytes) throws Exception;

  /** Text as UTF-8. */
  static StateCodec<String> text() {
    return new StateCodec<>() {
      @Override
      public ByteString encode(String value) {
        return ByteString.copyFrom(value, UTF_8);
      }

      @Override
      public String decode(ByteString bytes) {
        return bytes.toString(UTF_8);
      }
    };
  }

  /** Values of {@code type}, which {@code messages} knows. */
  static <T> StateCodec<T> of(Class<T> type, MessageCodec messages) {
    return new StateCodec<>() {
      @Override
      public ByteString encode(T value) throws Exception {
        return messages.encode(value);
      }

      @Override
      public T decode(ByteString bytes) throws Exception {
        return type.cast(messages.decode(bytes));
      }
    };
  }
}
