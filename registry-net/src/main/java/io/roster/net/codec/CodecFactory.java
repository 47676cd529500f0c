package io.roster.net.codec;

import com.google.protobuf.MessageLite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Works out how types are written. Used once, by one thread, while types are registered. */
final class CodecFactory {

  private static final int NUMBER_MAX = (1 << 29) - 1;

  /** Reserved by protobuf. */
  private static final int RESERVED_MIN = 19_000;

  private static final int RESERVED_MAX = 19_999;

  private final Map<Class<?>, MessageBody> bodies = new HashMap<>();
  private final DynamicCodec dynamic;

  CodecFactory(DynamicCodec dynamic) {
    this.dynamic = dynamic;
  }

  /**
   * How {@code type} is written as a message of its own.
   *
   * @param where who asks, for messages
   * @throws IllegalArgumentException if it cannot be
   */
  MessageBody body(Class<?> type, String where) {
    return value(type, where) instanceof MessageBody body
        ? body
        : new WrapperCodec(shape(type, where));
  }

  private Shape shape(Type type, String where) {
    return switch (type) {
      case ParameterizedType generic when generic.getRawType() instanceof Class<?> raw ->
          collection(raw, generic.getActualTypeArguments(), where)
              .orElseGet(() -> new Shape.Single(value(raw, where)));
      case Class<?> raw ->
          collection(raw, new Type[] {Object.class, Object.class}, where)
              .orElseGet(() -> new Shape.Single(value(raw, where)));
      case TypeVariable<?> variable -> shape(variable.getBounds()[0], where);
      case WildcardType wildcard -> shape(wildcard.getUpperBounds()[0], where);
      default -> throw unsupported(type, where);
    };
  }

  private Optional<Shape> collection(Class<?> raw, Type[] arguments, String where) {
    if (raw == List.class || raw == Collection.class) {
      return Optional.of(new Shape.Repeated(element(arguments[0], where), false));
    }
    if (raw == Set.class) {
      return Optional.of(new Shape.Repeated(element(arguments[0], where), true));
    }
    if (raw == Optional.class) {
      return Optional.of(new Shape.AtMostOne(element(arguments[0], where)));
    }
    if (raw == Map.class) {
      return Optional.of(
          new Shape.Entries(
              new Shape.Single(element(arguments[0], where)),
              new Shape.Single(element(arguments[1], where))));
    }
    return Optional.empty();
  }

  /** A collection inside a collection is a message of its own. */
  private ValueCodec element(Type type, String where) {
    return switch (shape(type, where)) {
      case Shape.Single(ValueCodec codec) -> codec;
      case Shape nested -> new WrapperCodec(nested);
    };
  }

  private ValueCodec value(Class<?> type, String where) {
    if (type == Object.class) {
      return dynamic;
    }
    var scalar = Scalars.BY_TYPE.get(type);
    if (scalar != null) {
      return scalar;
    }
    var identity = IdentityCodecs.BY_TYPE.get(type);
    if (identity != null) {
      return identity;
    }
    if (type.isEnum()) {
      return new EnumCodec(type);
    }
    return message(type, where);
  }

  private MessageBody message(Class<?> type, String where) {
    var known = bodies.get(type);
    if (known != null) {
      return known;
    }
    if (MessageLite.class.isAssignableFrom(type)) {
      return ProtobufCodec.of(type);
    }
    if (type.isRecord()) {
      return record(type);
    }
    if (type.isInterface() && type.isSealed()) {
      return sealed(type);
    }
    if (collection(type, new Type[] {Object.class, Object.class}, where).isPresent()) {
      return new WrapperCodec(shape(type, where));
    }
    throw unsupported(type, where);
  }

  private static IllegalArgumentException unsupported(Type type, String where) {
    return new IllegalArgumentException(
        where
            + ": expected a record, a sealed interface of records, an enum, a generated protobuf"
            + " message, text, a number, byte[], UUID, Instant, Duration, List, Set, Map, Optional,"
            + " an identity or ReplyTo, got: "
            + type.getTypeName());
  }

  private RecordCodec record(Class<?> type) {
    var codec = new RecordCodec(type);
    // Known before its components are looked at: a record may hold others of its own type.
    bodies.put(type, codec);
    RecordComponent[] declared = type.getRecordComponents();
    int[] numbers = numbers(type, declared);
    var components = new ArrayList<RecordCodec.Component>();
    try {
      var lookup = MethodHandles.privateLookupIn(type, MethodHandles.lookup());
      for (int i = 0; i < declared.length; i++) {
        var component = declared[i];
        String where = type.getSimpleName() + "." + component.getName();
        MethodHandle accessor =
            lookup
                .unreflect(component.getAccessor())
                .asType(MethodType.methodType(Object.class, Object.class));
        components.add(
            new RecordCodec.Component(
                component.getName(),
                numbers[i],
                shape(component.getGenericType(), where),
                accessor));
      }
      codec.complete(components, constructor(type, declared, lookup));
      return codec;
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(
          type.getName() + ": expected a record that its module opens to io.roster.net.codec", e);
    }
  }

  private static MethodHandle constructor(
      Class<?> type, RecordComponent[] declared, MethodHandles.Lookup lookup)
      throws ReflectiveOperationException {
    var parameters = Stream.of(declared).map(RecordComponent::getType).toArray(Class<?>[]::new);
    return lookup
        .findConstructor(type, MethodType.methodType(void.class, parameters))
        .asFixedArity()
        .asSpreader(Object[].class, parameters.length)
        .asType(MethodType.methodType(Object.class, Object[].class));
  }

  private static int[] numbers(Class<?> type, RecordComponent[] declared) {
    var numbers = new int[declared.length];
    var seen = new HashSet<Integer>();
    int annotated = 0;
    for (int i = 0; i < declared.length; i++) {
      var field = declared[i].getAnnotation(Field.class);
      annotated += field == null ? 0 : 1;
      numbers[i] = field == null ? i + 1 : field.value();
      String where = type.getSimpleName() + "." + declared[i].getName();
      if (numbers[i] < 1
          || numbers[i] > NUMBER_MAX
          || (numbers[i] >= RESERVED_MIN && numbers[i] <= RESERVED_MAX)) {
        throw new IllegalArgumentException(
            where
                + ": expected a field number from 1 to "
                + NUMBER_MAX
                + " outside 19000 to 19999, got: "
                + numbers[i]);
      }
      if (!seen.add(numbers[i])) {
        throw new IllegalArgumentException(
            where + ": expected a field number of its own, got: " + numbers[i]);
      }
    }
    if (annotated != 0 && annotated != declared.length) {
      throw new IllegalArgumentException(
          type.getSimpleName() + ": expected @Field on all components or on none, got: some");
    }
    return numbers;
  }

  private SealedCodec sealed(Class<?> type) {
    var codec = new SealedCodec(type);
    bodies.put(type, codec);
    var byClass = new LinkedHashMap<Class<?>, SealedCodec.Variant>();
    var byName = new LinkedHashMap<String, SealedCodec.Variant>();
    for (Class<?> variant : leaves(type)) {
      var wireName = variant.getAnnotation(WireName.class);
      String name = wireName == null ? variant.getSimpleName() : wireName.value();
      var built = new SealedCodec.Variant(name, body(variant, type.getSimpleName()));
      byClass.put(variant, built);
      if (byName.put(name, built) != null) {
        throw new IllegalArgumentException(
            type.getSimpleName()
                + ": expected a @WireName of its own for each variant, got twice: \""
                + name
                + "\"");
      }
    }
    codec.complete(byClass, byName);
    return codec;
  }

  private static List<Class<?>> leaves(Class<?> type) {
    return Stream.of(type.getPermittedSubclasses())
        .flatMap(
            permitted ->
                permitted.isInterface() && permitted.isSealed()
                    ? leaves(permitted).stream()
                    : Stream.of(permitted))
        .distinct()
        .toList();
  }
}
