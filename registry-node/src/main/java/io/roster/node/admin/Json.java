package io.roster.node.admin;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.Strictness;

/** Records, lists, maps and plain values as JSON and back. Stateless. */
public final class Json {

  private static final Gson COMPACT =
      new GsonBuilder()
          .disableHtmlEscaping()
          .serializeNulls()
          .setStrictness(Strictness.STRICT)
          .create();
  private static final Gson PRETTY = COMPACT.newBuilder().setPrettyPrinting().create();

  private Json() {}

  /** {@code value} on one line. */
  public static String line(Object value) {
    return COMPACT.toJson(value);
  }

  /** {@code value} indented, for people. */
  public static String pretty(Object value) {
    return PRETTY.toJson(value);
  }

  /**
   * A record from its JSON; what the record does not know is skipped.
   *
   * @throws com.google.gson.JsonParseException if it does not fit
   */
  public static <T> T read(JsonElement json, Class<T> type) {
    return COMPACT.fromJson(json, type);
  }
}
