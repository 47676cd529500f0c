package io.roster.net.codec;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import io.roster.core.identity.Alias;
import io.roster.core.identity.Named;
import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import io.roster.core.identity.Pid;
import io.roster.core.identity.ProcessName;
import io.roster.core.identity.Ref;
import io.roster.net.codec.CodecException.Kind;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The types of message that a node can send and take, by their aliases. Immutable, thread-safe.
 *
 * <p>Text, numbers, bytes, times, identities, lists, sets, maps and optionals are always known. A
 * sealed interface brings its variants along, so that one registration covers a server's whole
 * protocol.
 */
public final class MessageTypes {

  private static final Pattern ALIAS = Pattern.compile("[a-z][A-Za-z0-9._-]{0,62}");

  private final Map<String, Entry> byAlias;
  private final Map<Class<?>, Entry> byClass;
  private final DecodeLimits limits;

  private MessageTypes(
      Map<String, Entry> byAlias, Map<Class<?>, Entry> byClass, DecodeLimits limits) {
    this.byAlias = byAlias;
    this.byClass = byClass;
    this.limits = limits;
  }

  /** Begins with the types that are always known. */
  public static Builder builder() {
    return new Builder();
  }

  /** The types that are always known and no others. */
  public static MessageTypes standard() {
    return builder().build();
  }

  /** The aliases of all types, in the order of their registration. */
  public Set<String> aliases() {
    return byAlias.keySet();
  }

  /**
   * {@code message} as it crosses the wire.
   *
   * @throws CodecException if its type is not registered, or something in it has no form there
   */
  public Encoded encode(Object message) throws CodecException {
    var entry = entryOf(message);
    var out = new WireWriter(limits);
    entry.body().writeBody(out, message);
    return new Encoded(entry.alias(), out.toByteString(), out.replyAlias());
  }

  /**
   * The message that {@code value} holds.
   *
   * @param type the alias that came with it
   * @param replies makes the reply handles in it
   * @throws CodecException if the alias is not registered, or the bytes are no such message;
   *     nothing else is thrown, whatever the bytes
   */
  public Object decode(String type, ByteString value, ReplyAddresses replies)
      throws CodecException {
    var entry = entryOf(type);
    try {
      var in = new WireReader(value, limits, replies);
      Object message = entry.body().readBody(in);
      if (in.bytesLeft() != 0) {
        throw new CodecException(
            Kind.MALFORMED, type + ": expected the end, got " + in.bytesLeft() + " bytes more");
      }
      return message;
    } catch (IOException | RuntimeException e) {
      throw new CodecException(Kind.MALFORMED, type + ": " + e.getMessage(), e);
    }
  }

  Entry entryOf(String alias) throws CodecException {
    var entry = byAlias.get(alias);
    if (entry == null) {
      throw new CodecException(
          Kind.UNKNOWN_TYPE,
          "expected a registered message type, got: \"" + printable(alias) + "\"");
    }
    return entry;
  }

  private static String printable(String alias) {
    String start = alias.length() > 64 ? alias.substring(0, 64) + "…" : alias;
    return start.replaceAll("[^ -~]", "?");
  }

  Entry entryOf(Object message) throws CodecException {
    var entry = byClass.get(keyOf(message));
    if (entry == null) {
      throw new CodecException(
          Kind.UNKNOWN_TYPE,
          "expected a registered message type, got: " + message.getClass().getName());
    }
    return entry;
  }

  private static Class<?> keyOf(Object message) {
    return switch (message) {
      case Enum<?> constant -> constant.getDeclaringClass();
      case List<?> _ -> List.class;
      case Set<?> _ -> Set.class;
      case Map<?, ?> _ -> Map.class;
      default -> message.getClass();
    };
  }

  /**
   * A registered type.
   *
   * @param alias how it is called on the wire
   * @param body how it is written
   */
  record Entry(String alias, MessageBody body) {}

  /** Gathers types. Not thread-safe. */
  public static final class Builder {

    private static final Map<String, Class<?>> STANDARD = standardTypes();

    private final DynamicCodec dynamic = new DynamicCodec();
    private final CodecFactory factory = new CodecFactory(dynamic);
    private final Map<String, Entry> byAlias = new LinkedHashMap<>();
    private final Map<Class<?>, Entry> byClass = new HashMap<>();
    private final Map<Class<?>, List<Entry>> byVariant = new HashMap<>();
    private DecodeLimits limits = DecodeLimits.DEFAULT;

    private Builder() {
      STANDARD.forEach(this::add);
    }

    private static Map<String, Class<?>> standardTypes() {
      var types = new LinkedHashMap<String, Class<?>>();
      types.put("boolean", Boolean.class);
      types.put("byte", Byte.class);
      types.put("short", Short.class);
      types.put("char", Character.class);
      types.put("int", Integer.class);
      types.put("long", Long.class);
      types.put("float", Float.class);
      types.put("double", Double.class);
      types.put("string", String.class);
      types.put("bytes", byte[].class);
      types.put("uuid", UUID.class);
      types.put("instant", Instant.class);
      types.put("duration", Duration.class);
      types.put("list", List.class);
      types.put("set", Set.class);
      types.put("map", Map.class);
      types.put("optional", Optional.class);
      types.put("pid", Pid.class);
      types.put("ref", Ref.class);
      types.put("alias", Alias.class);
      types.put("named", Named.class);
      types.put("node-id", NodeId.class);
      types.put("node-name", NodeName.class);
      types.put("process-name", ProcessName.class);
      return Collections.unmodifiableMap(types);
    }

    /**
     * Registers a type.
     *
     * @param alias how it is called on the wire: a lower-case letter, then up to 62 letters,
     *     digits, {@code .}, {@code _} or {@code -}; the same on every node
     * @param type a record, a sealed interface of records, an enum or a generated protobuf message
     * @throws IllegalArgumentException if the alias or the type is taken, or the type or something
     *     in it has no form on the wire
     */
    public Builder register(String alias, Class<?> type) {
      if (!ALIAS.matcher(alias).matches()) {
        throw new IllegalArgumentException(
            "expected an alias of 1 to 63 letters, digits, '.', '_' or '-' that begins with a"
                + " lower-case letter, got: \""
                + alias
                + "\"");
      }
      if (!type.isRecord()
          && !type.isEnum()
          && !type.isSealed()
          && !MessageLite.class.isAssignableFrom(type)) {
        throw new IllegalArgumentException(
            alias
                + ": expected a record, a sealed interface of records, an enum or a generated"
                + " protobuf message, got: "
                + type.getTypeName());
      }
      add(alias, type);
      return this;
    }

    /** Registers each of {@code types}, as {@link #register} does. */
    public Builder registerAll(Map<String, ? extends Class<?>> types) {
      types.forEach(this::register);
      return this;
    }

    /** Sets how much one message may hold. */
    public Builder limits(DecodeLimits limits) {
      this.limits = limits;
      return this;
    }

    private void add(String alias, Class<?> type) {
      if (byAlias.containsKey(alias)) {
        throw new IllegalArgumentException(
            "alias " + alias + ": already registered, got: " + type.getName());
      }
      var entry = new Entry(alias, factory.body(type, alias));
      if (byClass.putIfAbsent(type, entry) != null) {
        throw new IllegalArgumentException(
            "type " + type.getName() + ": already registered, got: " + alias);
      }
      byAlias.put(alias, entry);
      if (entry.body() instanceof SealedCodec variants) {
        variants
            .variants()
            .forEach(
                variant -> byVariant.computeIfAbsent(variant, _ -> new ArrayList<>()).add(entry));
      }
    }

    /**
     * The registry of what was gathered.
     *
     * @throws IllegalArgumentException if a record is a variant of two registered interfaces and is
     *     not registered itself, so that its alias would depend on chance
     */
    public MessageTypes build() {
      var classes = new HashMap<>(byClass);
      byVariant.forEach(
          (variant, entries) -> {
            if (!byClass.containsKey(variant)) {
              if (entries.size() > 1) {
                throw new IllegalArgumentException(
                    "type "
                        + variant.getName()
                        + ": expected an alias of its own, as it is a variant of "
                        + entries.stream().map(Entry::alias).toList());
              }
              classes.put(variant, entries.getFirst());
            }
          });
      var types =
          new MessageTypes(
              Collections.unmodifiableMap(new LinkedHashMap<>(byAlias)),
              Map.copyOf(classes),
              limits);
      dynamic.complete(types);
      return types;
    }
  }
}
