package io.roster.net.codec;

import com.google.protobuf.WireFormat;
import io.roster.net.codec.CodecException.Kind;
import java.io.IOException;
import java.util.Optional;

/** A constant by its position, so that new ones can be appended and none moved. */
final class EnumCodec implements ValueCodec {

  private final Class<?> type;
  private final Object[] constants;

  EnumCodec(Class<?> type) {
    this.type = type;
    this.constants = type.getEnumConstants();
  }

  @Override
  public int wireType() {
    return WireFormat.WIRETYPE_VARINT;
  }

  @Override
  @SuppressWarnings("EnumOrdinal") // protobuf numbers enums; the class's contract is append only
  public void write(WireWriter out, Object value) throws CodecException {
    out.varint(((Enum<?>) value).ordinal());
  }

  @Override
  public Object read(WireReader in) throws CodecException, IOException {
    long position = in.in().readUInt64();
    if (position < 0 || position >= constants.length) {
      throw new CodecException(
          Kind.MALFORMED,
          "expected one of the "
              + constants.length
              + " constants of "
              + type.getSimpleName()
              + ", got number: "
              + position);
    }
    return constants[(int) position];
  }

  @Override
  public Optional<Object> absent() {
    return constants.length == 0 ? Optional.empty() : Optional.of(constants[0]);
  }
}
