package io.roster.net.codec;

import com.google.protobuf.WireFormat;
import io.roster.net.codec.CodecException.Kind;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One of several records: the variant's name in field one, its message in field two. */
final class SealedCodec implements MessageBody {

  private static final int NAME = 1;
  private static final int VALUE = 2;

  private final Class<?> type;
  private Map<Class<?>, Variant> byClass = Map.of();
  private Map<String, Variant> byName = Map.of();

  SealedCodec(Class<?> type) {
    this.type = type;
  }

  void complete(Map<Class<?>, Variant> byClass, Map<String, Variant> byName) {
    this.byClass = byClass;
    this.byName = byName;
  }

  /** The classes of the variants. */
  Set<Class<?>> variants() {
    return byClass.keySet();
  }

  @Override
  public void writeBody(WireWriter out, Object value) throws CodecException {
    var variant = byClass.get(value.getClass());
    if (variant == null) {
      throw new CodecException(
          Kind.NOT_ENCODABLE,
          "expected a variant of "
              + type.getSimpleName()
              + ", got: "
              + value.getClass().getSimpleName());
    }
    out.tag(NAME, WireFormat.WIRETYPE_LENGTH_DELIMITED);
    out.string(variant.name());
    out.tag(VALUE, WireFormat.WIRETYPE_LENGTH_DELIMITED);
    variant.codec().write(out, value);
  }

  @Override
  public Object readBody(WireReader in) throws CodecException, IOException {
    @Nullable Variant variant = null;
    @Nullable Object value = null;
    for (int tag = in.in().readTag(); tag != 0; tag = in.in().readTag()) {
      if (tag == ((NAME << 3) | WireFormat.WIRETYPE_LENGTH_DELIMITED)) {
        variant = variant(in.in().readStringRequireUtf8());
      } else if (tag == ((VALUE << 3) | WireFormat.WIRETYPE_LENGTH_DELIMITED) && variant != null) {
        value = variant.codec().read(in);
      } else {
        in.in().skipField(tag);
      }
    }
    if (value == null) {
      throw new CodecException(
          Kind.MALFORMED, "expected a variant of " + type.getSimpleName() + ", got none");
    }
    return value;
  }

  private Variant variant(String name) throws CodecException {
    var variant = byName.get(name);
    if (variant == null) {
      throw new CodecException(
          Kind.UNKNOWN_TYPE,
          "expected a variant of " + type.getSimpleName() + ", got: \"" + name + "\"");
    }
    return variant;
  }

  /**
   * One of the records.
   *
   * @param name how it is called on the wire
   * @param codec how it is written
   */
  record Variant(String name, MessageBody codec) {}
}
