package io.roster.net.codec;

import com.google.protobuf.WireFormat;
import java.io.IOException;

/**
 * A type that is written as a protobuf message: fields one after the other. As a value inside
 * another message it has its length before it.
 */
interface MessageBody extends ValueCodec {

  /** Writes the fields of {@code value}. */
  void writeBody(WireWriter out, Object value) throws CodecException;

  /** Reads fields up to the end of the message. */
  Object readBody(WireReader in) throws CodecException, IOException;

  @Override
  default int wireType() {
    return WireFormat.WIRETYPE_LENGTH_DELIMITED;
  }

  @Override
  default void write(WireWriter out, Object value) throws CodecException {
    int begun = out.begin();
    writeBody(out, value);
    out.end(begun);
  }

  @Override
  default Object read(WireReader in) throws CodecException, IOException {
    int begun = in.begin();
    Object value = readBody(in);
    in.end(begun);
    return value;
  }
}
