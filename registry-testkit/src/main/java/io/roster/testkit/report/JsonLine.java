package io.roster.testkit.report;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/** One JSON object on one line, with its keys in the order of the puts. Not thread-safe. */
public final class JsonLine {

  private final StringJoiner fields = new StringJoiner(",", "{", "}");

  /** Adds a text. */
  public JsonLine put(String key, String value) {
    return raw(key, quoted(value));
  }

  /** Adds a whole number. */
  public JsonLine put(String key, long value) {
    return raw(key, Long.toString(value));
  }

  /** Adds a number with three digits behind the point. */
  public JsonLine put(String key, double value) {
    return raw(key, String.format(Locale.ROOT, "%.3f", value));
  }

  /** Adds a truth. */
  public JsonLine put(String key, boolean value) {
    return raw(key, Boolean.toString(value));
  }

  /** Adds a whole number, or {@code null} where there is none. */
  public JsonLine put(String key, OptionalLong value) {
    return raw(key, value.isPresent() ? Long.toString(value.getAsLong()) : "null");
  }

  /** Adds a number with three digits behind the point, or {@code null} where there is none. */
  public JsonLine put(String key, OptionalDouble value) {
    return value.isPresent() ? put(key, value.getAsDouble()) : raw(key, "null");
  }

  /** Adds objects. */
  public JsonLine put(String key, List<JsonLine> values) {
    return raw(
        key, values.stream().map(JsonLine::toString).collect(Collectors.joining(",", "[", "]")));
  }

  private JsonLine raw(String key, String value) {
    fields.add(quoted(key) + ":" + value);
    return this;
  }

  private static String quoted(String text) {
    var json = new StringBuilder("\"");
    text.chars()
        .forEach(
            c -> {
              switch (c) {
                case '"' -> json.append("\\\"");
                case '\\' -> json.append("\\\\");
                default -> {
                  if (c < ' ') {
                    json.append("\\u%04x".formatted(c));
                  } else {
                    json.append((char) c);
                  }
                }
              }
            });
    return json.append('"').toString();
  }

  @Override
  public String toString() {
    return fields.toString();
  }
}
