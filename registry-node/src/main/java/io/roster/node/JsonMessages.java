package io.roster.node;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonSyntaxException;
import com.google.gson.TypeAdapter;
import com.google.gson.TypeAdapterFactory;
import com.google.gson.reflect.TypeToken;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import io.roster.core.server.ReplyTo;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Messages as operators write them: a registered type and its components as JSON. A record goes by
 * its alias; a variant of a sealed interface by the alias, a dot and the variant's simple name.
 * Thread-safe.
 */
final class JsonMessages {

  private final Map<String, Class<?>> types;

  /** Messages of these types, by alias. */
  JsonMessages(Map<String, Class<?>> types) {
    this.types = Map.copyOf(types);
  }

  /** What a message may be called. */
  List<String> names() {
    var names = new ArrayList<String>();
    types.forEach(
        (alias, type) -> {
          if (type.isSealed()) {
            for (var variant : type.getPermittedSubclasses()) {
              names.add(alias + "." + variant.getSimpleName());
            }
          } else {
            names.add(alias);
          }
        });
    return names.stream().sorted().toList();
  }

  /**
   * The message of a name and its components.
   *
   * @param json an object; what it has for the reply handle does not matter
   * @param replyTo what the message carries as its reply handle
   * @throws IllegalArgumentException if there is no such type or the JSON does not fit it
   */
  Object read(String name, String json, Optional<ReplyTo<Object>> replyTo) {
    var type = find(name);
    try {
      var components = JsonParser.parseString(json.isBlank() ? "{}" : json).getAsJsonObject();
      if (type.isRecord()) {
        requireComponents(name, type, components, replyTo.isPresent());
      }
      var message = gson(replyTo).fromJson(components, type);
      if (message == null) {
        throw new IllegalArgumentException("expected an object for " + name + ", got: " + json);
      }
      return message;
    } catch (JsonParseException | IllegalStateException e) {
      throw new IllegalArgumentException(
          "expected JSON that fits " + name + ", got: " + json + " (" + e.getMessage() + ")", e);
    }
  }

  private Class<?> find(String name) {
    var type = types.get(name);
    if (type != null && !type.isSealed()) {
      return type;
    }
    int dot = name.lastIndexOf('.');
    var sealed = dot > 0 ? types.get(name.substring(0, dot)) : null;
    if (sealed != null && sealed.isSealed()) {
      for (var variant : sealed.getPermittedSubclasses()) {
        if (variant.getSimpleName().equals(name.substring(dot + 1))) {
          return variant;
        }
      }
    }
    throw new IllegalArgumentException("expected one of " + names() + ", got: \"" + name + "\"");
  }

  private static void requireComponents(
      String name, Class<?> type, JsonObject components, boolean isCall) {
    for (var component : type.getRecordComponents()) {
      if (component.getType() == ReplyTo.class) {
        if (!isCall) {
          throw new IllegalArgumentException(
              "expected a message without an answer, got: " + name + " (use call)");
        }
        components.addProperty(component.getName(), "");
      } else if (!components.has(component.getName())) {
        throw new IllegalArgumentException(
            "expected the component "
                + component.getName()
                + " of "
                + name
                + ", got: "
                + components);
      }
    }
  }

  private static Gson gson(Optional<ReplyTo<Object>> replyTo) {
    return new GsonBuilder()
        .disableHtmlEscaping()
        .registerTypeAdapter(Duration.class, new AsText<>(Duration::parse))
        .registerTypeAdapter(Instant.class, new AsText<>(Instant::parse))
        .registerTypeAdapterFactory(new HandleFactory(replyTo))
        .create();
  }

  /** Makes whatever stands for a reply handle the one of this call. */
  private record HandleFactory(Optional<ReplyTo<Object>> replyTo) implements TypeAdapterFactory {

    @Override
    @SuppressWarnings("unchecked") // asked for the adapter of ReplyTo alone
    public <T> @Nullable TypeAdapter<T> create(Gson gson, TypeToken<T> type) {
      return type.getRawType() == ReplyTo.class ? (TypeAdapter<T>) new Handles(replyTo) : null;
    }
  }

  private static final class Handles extends TypeAdapter<ReplyTo<?>> {

    private final Optional<ReplyTo<Object>> replyTo;

    Handles(Optional<ReplyTo<Object>> replyTo) {
      this.replyTo = replyTo;
    }

    @Override
    public void write(JsonWriter out, ReplyTo<?> value) throws IOException {
      out.value(String.valueOf(value));
    }

    @Override
    public ReplyTo<?> read(JsonReader in) throws IOException {
      in.skipValue();
      return replyTo.orElseThrow(() -> new JsonSyntaxException("a send has no reply handle"));
    }
  }

  /** A value by its text form. */
  private static final class AsText<T> extends TypeAdapter<T> {

    private final Function<String, T> parse;

    AsText(Function<String, T> parse) {
      this.parse = parse;
    }

    @Override
    public void write(JsonWriter out, T value) throws IOException {
      out.value(String.valueOf(value));
    }

    @Override
    public T read(JsonReader in) throws IOException {
      try {
        return parse.apply(in.nextString());
      } catch (DateTimeException e) {
        throw new JsonSyntaxException(e.getMessage(), e);
      }
    }
  }

  /** An answer as JSON. */
  static JsonElement write(Object answer) {
    return gson(Optional.empty()).toJsonTree(answer);
  }
}
