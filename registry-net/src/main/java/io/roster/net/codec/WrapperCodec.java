package io.roster.net.codec;

import com.google.protobuf.WireFormat;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A message whose only field, number one, holds a value: how scalars and collections are written
 * where a message is needed.
 */
record WrapperCodec(Shape shape) implements MessageBody {

  private static final int VALUE = 1;

  @Override
  public void writeBody(WireWriter out, Object value) throws CodecException {
    shape.write(out, VALUE, value);
  }

  @Override
  public Object readBody(WireReader in) throws CodecException, IOException {
    @Nullable Object gathered = null;
    for (int tag = in.in().readTag(); tag != 0; tag = in.in().readTag()) {
      if (WireFormat.getTagFieldNumber(tag) == VALUE) {
        gathered = shape.read(in, WireFormat.getTagWireType(tag), gathered);
      } else {
        in.in().skipField(tag);
      }
    }
    return shape.finish(gathered);
  }
}
