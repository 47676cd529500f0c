package io.roster.net.codec;

import com.google.protobuf.WireFormat;
import io.roster.net.codec.CodecException.Kind;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A record: one field per component. Filled in after construction, as records may nest in a circle.
 */
final class RecordCodec implements MessageBody {

  private final Class<?> type;
  private List<Component> components = List.of();
  private Map<Integer, Integer> indexByNumber = Map.of();
  private @Nullable MethodHandle constructor;

  RecordCodec(Class<?> type) {
    this.type = type;
  }

  /**
   * @param constructor from an array of all values to the record
   */
  void complete(List<Component> components, MethodHandle constructor) {
    this.components = components;
    this.constructor = constructor;
    var byNumber = new HashMap<Integer, Integer>();
    for (int i = 0; i < components.size(); i++) {
      byNumber.put(components.get(i).number(), i);
    }
    this.indexByNumber = byNumber;
  }

  @Override
  public void writeBody(WireWriter out, Object value) throws CodecException {
    for (Component component : components) {
      try {
        component
            .shape()
            .write(out, component.number(), Shape.Nulls.refuse(get(component, value), "a value"));
      } catch (CodecException e) {
        throw located(component, e);
      }
    }
  }

  private @Nullable Object get(Component component, Object value) throws CodecException {
    try {
      return component.accessor().invokeExact(value);
    } catch (Throwable e) {
      throw fromUserCode("accessor " + component.name() + "()", Kind.NOT_ENCODABLE, e);
    }
  }

  @Override
  public Object readBody(WireReader in) throws CodecException, IOException {
    var values = new @Nullable Object[components.size()];
    for (int tag = in.in().readTag(); tag != 0; tag = in.in().readTag()) {
      Integer index = indexByNumber.get(WireFormat.getTagFieldNumber(tag));
      if (index == null) {
        in.in().skipField(tag);
        continue;
      }
      var component = components.get(index);
      try {
        values[index] = component.shape().read(in, WireFormat.getTagWireType(tag), values[index]);
      } catch (CodecException e) {
        throw located(component, e);
      }
    }
    for (int i = 0; i < values.length; i++) {
      try {
        values[i] = components.get(i).shape().finish(values[i]);
      } catch (CodecException e) {
        throw located(components.get(i), e);
      }
    }
    return construct(values);
  }

  private Object construct(@Nullable Object[] values) throws CodecException {
    if (constructor == null) {
      throw new IllegalStateException("invariant: the codec of " + type + " is complete");
    }
    try {
      return (Object) constructor.invokeExact(values);
    } catch (Throwable e) {
      throw fromUserCode("constructor", Kind.MALFORMED, e);
    }
  }

  private CodecException fromUserCode(String what, Kind kind, Throwable cause) {
    // An error of the machine, such as exhausted memory, is no property of the message.
    if (cause instanceof VirtualMachineError error && !(cause instanceof StackOverflowError)) {
      throw error;
    }
    return new CodecException(
        kind, what + " of " + type.getSimpleName() + " failed: " + cause, cause);
  }

  private CodecException located(Component component, CodecException cause) {
    return new CodecException(
        cause.kind(),
        type.getSimpleName() + "." + component.name() + ": " + cause.getMessage(),
        cause);
  }

  /**
   * One component.
   *
   * @param name its name, for messages
   * @param number its number on the wire
   * @param shape how it lies in the message
   * @param accessor from the record to its value
   */
  record Component(String name, int number, Shape shape, MethodHandle accessor) {}
}
