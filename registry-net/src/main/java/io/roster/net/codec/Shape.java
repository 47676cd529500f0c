package io.roster.net.codec;

import com.google.protobuf.WireFormat;
import io.roster.net.codec.CodecException.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a component lies in its message: once, at most once, repeated, or as entries of a map.
 * Thread-safe; what is gathered while a message is read is given back at each call.
 */
sealed interface Shape {

  /** Writes all fields of number {@code number}. */
  void write(WireWriter out, int number, Object value) throws CodecException;

  /**
   * Reads one field.
   *
   * @param gathered what earlier fields of the same number gave, null at first
   * @return what is gathered now
   */
  Object read(WireReader in, int wireType, @Nullable Object gathered)
      throws CodecException, IOException;

  /** The component's value. */
  Object finish(@Nullable Object gathered) throws CodecException;

  private static void expectWireType(int expected, int found) throws CodecException {
    if (expected != found) {
      throw new CodecException(
          Kind.MALFORMED, "expected wire type " + expected + ", got: " + found);
    }
  }

  /** One value; absent if it is the type's default. */
  record Single(ValueCodec codec) implements Shape {

    @Override
    public void write(WireWriter out, int number, Object value) throws CodecException {
      if (!isDefault(value)) {
        out.tag(number, codec.wireType());
        codec.write(out, value);
      }
    }

    private boolean isDefault(Object value) {
      return switch (value) {
        case byte[] bytes -> bytes.length == 0;
        // Minus zero equals zero but is not the default; Double.equals tells them apart.
        default -> codec.absent().filter(value::equals).isPresent();
      };
    }

    @Override
    public Object read(WireReader in, int wireType, @Nullable Object gathered)
        throws CodecException, IOException {
      expectWireType(codec.wireType(), wireType);
      return codec.read(in);
    }

    @Override
    public Object finish(@Nullable Object gathered) throws CodecException {
      if (gathered != null) {
        return gathered;
      }
      return codec
          .absent()
          .orElseThrow(() -> new CodecException(Kind.MALFORMED, "expected a value, got none"));
    }
  }

  /** A value or none. */
  record AtMostOne(ValueCodec codec) implements Shape {

    @Override
    public void write(WireWriter out, int number, Object value) throws CodecException {
      var optional = (Optional<?>) value;
      if (optional.isPresent()) {
        out.tag(number, codec.wireType());
        codec.write(out, optional.get());
      }
    }

    @Override
    public Object read(WireReader in, int wireType, @Nullable Object gathered)
        throws CodecException, IOException {
      expectWireType(codec.wireType(), wireType);
      return codec.read(in);
    }

    @Override
    public Object finish(@Nullable Object gathered) {
      return Optional.ofNullable(gathered);
    }
  }

  /** Any number of values, as a list or a set. Numbers are also read packed. */
  record Repeated(ValueCodec codec, boolean unique) implements Shape {

    @Override
    public void write(WireWriter out, int number, Object value) throws CodecException {
      for (Object element : (Iterable<?>) value) {
        out.tag(number, codec.wireType());
        codec.write(out, Nulls.refuse(element, "an element"));
      }
    }

    @Override
    public Object read(WireReader in, int wireType, @Nullable Object gathered)
        throws CodecException, IOException {
      @SuppressWarnings("unchecked") // this shape alone has made it
      var elements = gathered == null ? new ArrayList<Object>() : (List<Object>) gathered;
      if (wireType == WireFormat.WIRETYPE_LENGTH_DELIMITED
          && codec.wireType() != WireFormat.WIRETYPE_LENGTH_DELIMITED) {
        int begun = in.begin();
        while (!in.in().isAtEnd()) {
          in.countElement();
          elements.add(codec.read(in));
        }
        in.end(begun);
        return elements;
      }
      expectWireType(codec.wireType(), wireType);
      in.countElement();
      elements.add(codec.read(in));
      return elements;
    }

    @Override
    public Object finish(@Nullable Object gathered) {
      var elements = gathered == null ? List.of() : (List<?>) gathered;
      return unique
          ? Collections.unmodifiableSet(new LinkedHashSet<>(elements))
          : Collections.unmodifiableList(elements);
    }
  }

  /** Keys and values, each pair a message of its own. */
  record Entries(Shape key, Shape value) implements Shape {

    private static final int KEY = 1;
    private static final int VALUE = 2;

    @Override
    public void write(WireWriter out, int number, Object map) throws CodecException {
      for (Map.Entry<?, ?> entry : ((Map<?, ?>) map).entrySet()) {
        out.tag(number, WireFormat.WIRETYPE_LENGTH_DELIMITED);
        int begun = out.begin();
        key.write(out, KEY, Nulls.refuse(entry.getKey(), "a key"));
        value.write(out, VALUE, Nulls.refuse(entry.getValue(), "a value"));
        out.end(begun);
      }
    }

    @Override
    public Object read(WireReader in, int wireType, @Nullable Object gathered)
        throws CodecException, IOException {
      expectWireType(WireFormat.WIRETYPE_LENGTH_DELIMITED, wireType);
      @SuppressWarnings("unchecked") // this shape alone has made it
      var map =
          gathered == null ? new LinkedHashMap<Object, Object>() : (Map<Object, Object>) gathered;
      in.countElement();
      @Nullable Object foundKey = null;
      @Nullable Object foundValue = null;
      int begun = in.begin();
      for (int tag = in.in().readTag(); tag != 0; tag = in.in().readTag()) {
        switch (WireFormat.getTagFieldNumber(tag)) {
          case KEY -> foundKey = key.read(in, WireFormat.getTagWireType(tag), foundKey);
          case VALUE -> foundValue = value.read(in, WireFormat.getTagWireType(tag), foundValue);
          default -> in.in().skipField(tag);
        }
      }
      in.end(begun);
      map.put(key.finish(foundKey), value.finish(foundValue));
      return map;
    }

    @Override
    public Object finish(@Nullable Object gathered) {
      return gathered == null ? Map.of() : Collections.unmodifiableMap((Map<?, ?>) gathered);
    }
  }

  /** Refuses null, which has no form on the wire. */
  final class Nulls {

    private Nulls() {}

    static Object refuse(@Nullable Object value, String what) throws CodecException {
      if (value == null) {
        throw new CodecException(
            Kind.NOT_ENCODABLE,
            "expected " + what + ", got: null; use Optional for what may be missing");
      }
      return value;
    }
  }
}
