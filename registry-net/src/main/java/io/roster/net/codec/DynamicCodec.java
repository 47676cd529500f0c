package io.roster.net.codec;

import com.google.protobuf.WireFormat;
import io.roster.net.codec.CodecException.Kind;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A value of any registered type: its alias in field one, its message in field two. Stands where a
 * declaration says {@code Object} or a type variable.
 */
final class DynamicCodec implements MessageBody {

  private static final int ALIAS = (1 << 3) | WireFormat.WIRETYPE_LENGTH_DELIMITED;
  private static final int VALUE = (2 << 3) | WireFormat.WIRETYPE_LENGTH_DELIMITED;

  private @Nullable MessageTypes types;

  void complete(MessageTypes types) {
    this.types = types;
  }

  private MessageTypes types() {
    if (types == null) {
      throw new IllegalStateException("invariant: types are complete before they are used");
    }
    return types;
  }

  @Override
  public void writeBody(WireWriter out, Object value) throws CodecException {
    var entry = types().entryOf(value);
    out.varint(ALIAS);
    out.string(entry.alias());
    out.varint(VALUE);
    entry.body().write(out, value);
  }

  @Override
  public Object readBody(WireReader in) throws CodecException, IOException {
    MessageTypes.@Nullable Entry entry = null;
    @Nullable Object value = null;
    for (int tag = in.in().readTag(); tag != 0; tag = in.in().readTag()) {
      if (tag == ALIAS) {
        entry = types().entryOf(in.in().readStringRequireUtf8());
      } else if (tag == VALUE && entry != null) {
        value = entry.body().read(in);
      } else {
        in.in().skipField(tag);
      }
    }
    if (value == null) {
      throw new CodecException(Kind.MALFORMED, "expected a value of a registered type, got none");
    }
    return value;
  }
}
