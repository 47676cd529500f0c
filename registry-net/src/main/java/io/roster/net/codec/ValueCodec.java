package io.roster.net.codec;

import java.io.IOException;
import java.util.Optional;

/** How one type of value is written after its tag. Stateless once built, thread-safe. */
interface ValueCodec {

  /** The protobuf wire type. */
  int wireType();

  /** Writes {@code value}, with its length before it if the wire type asks for one. */
  void write(WireWriter out, Object value) throws CodecException;

  /** Reads what {@link #write} wrote. */
  Object read(WireReader in) throws CodecException, IOException;

  /** What stands for a field that is absent; empty if one must be there. */
  default Optional<Object> absent() {
    return Optional.empty();
  }
}
