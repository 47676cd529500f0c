package io.roster.net.codec;

import com.google.protobuf.WireFormat;
import io.roster.core.identity.NodeName;
import io.roster.core.identity.ProcessName;
import io.roster.net.codec.CodecException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Values that are one number, one text or some bytes. */
enum Scalars implements ValueCodec {
  BOOLEAN(WireFormat.WIRETYPE_VARINT, false) {
    @Override
    public void write(WireWriter out, Object value) throws CodecException {
      out.varint((boolean) value ? 1 : 0);
    }

    @Override
    public Object read(WireReader in) throws IOException {
      return in.in().readBool();
    }
  },
  BYTE(WireFormat.WIRETYPE_VARINT, (byte) 0) {
    @Override
    public void write(WireWriter out, Object value) throws CodecException {
      out.varint(zigzag((byte) value));
    }

    @Override
    public Object read(WireReader in) throws CodecException, IOException {
      return (byte) ranged(in.in().readSInt64(), Byte.MIN_VALUE, Byte.MAX_VALUE);
    }
  },
  SHORT(WireFormat.WIRETYPE_VARINT, (short) 0) {
    @Override
    public void write(WireWriter out, Object value) throws CodecException {
      out.varint(zigzag((short) value));
    }

    @Override
    public Object read(WireReader in) throws CodecException, IOException {
      return (short) ranged(in.in().readSInt64(), Short.MIN_VALUE, Short.MAX_VALUE);
    }
  },
  CHAR(WireFormat.WIRETYPE_VARINT, (char) 0) {
    @Override
    public void write(WireWriter out, Object value) throws CodecException {
      out.varint((char) value);
    }

    @Override
    public Object read(WireReader in) throws CodecException, IOException {
      return (char) ranged(in.in().readUInt64(), Character.MIN_VALUE, Character.MAX_VALUE);
    }
  },
  INT(WireFormat.WIRETYPE_VARINT, 0) {
    @Override
    public void write(WireWriter out, Object value) throws CodecException {
      out.varint(zigzag((int) value));
    }

    @Override
    public Object read(WireReader in) throws CodecException, IOException {
      return (int) ranged(in.in().readSInt64(), Integer.MIN_VALUE, Integer.MAX_VALUE);
    }
  },
  LONG(WireFormat.WIRETYPE_VARINT, 0L) {
    @Override
    public void write(WireWriter out, Object value) throws CodecException {
      out.varint(zigzag((long) value));
    }

    @Override
    public Object read(WireReader in) throws IOException {
      return in.in().readSInt64();
    }
  },
  FLOAT(WireFormat.WIRETYPE_FIXED32, 0f) {
    @Override
    public void write(WireWriter out, Object value) throws CodecException {
      out.fixed32(Float.floatToRawIntBits((float) value));
    }

    @Override
    public Object read(WireReader in) throws IOException {
      return in.in().readFloat();
    }
  },
  DOUBLE(WireFormat.WIRETYPE_FIXED64, 0d) {
    @Override
    public void write(WireWriter out, Object value) throws CodecException {
      out.fixed64(Double.doubleToRawLongBits((double) value));
    }

    @Override
    public Object read(WireReader in) throws IOException {
      return in.in().readDouble();
    }
  },
  STRING(WireFormat.WIRETYPE_LENGTH_DELIMITED, "") {
    @Override
    public void write(WireWriter out, Object value) throws CodecException {
      out.string((String) value);
    }

    @Override
    public Object read(WireReader in) throws IOException {
      return in.in().readStringRequireUtf8();
    }
  },
  BYTES(WireFormat.WIRETYPE_LENGTH_DELIMITED, new byte[0]) {
    @Override
    public void write(WireWriter out, Object value) throws CodecException {
      out.bytes((byte[]) value);
    }

    @Override
    public Object read(WireReader in) throws IOException {
      return in.in().readByteArray();
    }
  },
  UNIQUE_ID(WireFormat.WIRETYPE_LENGTH_DELIMITED) {
    @Override
    public void write(WireWriter out, Object value) throws CodecException {
      var id = (UUID) value;
      out.bytes(
          ByteBuffer.allocate(16)
              .putLong(id.getMostSignificantBits())
              .putLong(id.getLeastSignificantBits())
              .array());
    }

    @Override
    public Object read(WireReader in) throws CodecException, IOException {
      byte[] bytes = in.in().readByteArray();
      if (bytes.length != 16) {
        throw new CodecException(
            Kind.MALFORMED, "expected a UUID of 16 bytes, got: " + bytes.length);
      }
      var buffer = ByteBuffer.wrap(bytes);
      return new UUID(buffer.getLong(), buffer.getLong());
    }
  },
  NODE_NAME(WireFormat.WIRETYPE_LENGTH_DELIMITED) {
    @Override
    public void write(WireWriter out, Object value) throws CodecException {
      out.string(((NodeName) value).value());
    }

    @Override
    public Object read(WireReader in) throws IOException {
      return new NodeName(in.in().readStringRequireUtf8());
    }
  },
  PROCESS_NAME(WireFormat.WIRETYPE_LENGTH_DELIMITED) {
    @Override
    public void write(WireWriter out, Object value) throws CodecException {
      out.string(((ProcessName) value).value());
    }

    @Override
    public Object read(WireReader in) throws IOException {
      return new ProcessName(in.in().readStringRequireUtf8());
    }
  };

  /** The codec of each type that is a scalar. */
  static final Map<Class<?>, Scalars> BY_TYPE =
      Map.ofEntries(
          Map.entry(boolean.class, BOOLEAN),
          Map.entry(Boolean.class, BOOLEAN),
          Map.entry(byte.class, BYTE),
          Map.entry(Byte.class, BYTE),
          Map.entry(short.class, SHORT),
          Map.entry(Short.class, SHORT),
          Map.entry(char.class, CHAR),
          Map.entry(Character.class, CHAR),
          Map.entry(int.class, INT),
          Map.entry(Integer.class, INT),
          Map.entry(long.class, LONG),
          Map.entry(Long.class, LONG),
          Map.entry(float.class, FLOAT),
          Map.entry(Float.class, FLOAT),
          Map.entry(double.class, DOUBLE),
          Map.entry(Double.class, DOUBLE),
          Map.entry(String.class, STRING),
          Map.entry(byte[].class, BYTES),
          Map.entry(UUID.class, UNIQUE_ID),
          Map.entry(NodeName.class, NODE_NAME),
          Map.entry(ProcessName.class, PROCESS_NAME));

  private final int wireType;

  @SuppressWarnings("ImmutableEnumChecker") // numbers, text and an array without elements
  private final Optional<Object> absent;

  Scalars(int wireType) {
    this.wireType = wireType;
    this.absent = Optional.empty();
  }

  Scalars(int wireType, Object absent) {
    this.wireType = wireType;
    this.absent = Optional.of(absent);
  }

  @Override
  public int wireType() {
    return wireType;
  }

  @Override
  public Optional<Object> absent() {
    return absent;
  }

  private static long zigzag(long value) {
    return (value << 1) ^ (value >> 63);
  }

  private static long ranged(long value, long min, long max) throws CodecException {
    if (value < min || value > max) {
      throw new CodecException(
          Kind.MALFORMED, "expected a number from " + min + " to " + max + ", got: " + value);
    }
    return value;
  }
}
