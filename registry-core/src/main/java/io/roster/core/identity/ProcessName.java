package io.roster.core.identity;

import java.nio.charset.StandardCharsets;

/**
 * A name that a process goes by, on its node or in the cluster. Immutable.
 *
 * @param value 1 to 255 bytes of UTF-8 without control characters
 */
public record ProcessName(String value) implements Comparable<ProcessName> {

  /** The longest name, in bytes of UTF-8. */
  public static final int BYTES_MAX = 255;

  /** Checks length and characters. */
  public ProcessName {
    int bytes = value.getBytes(StandardCharsets.UTF_8).length;
    if (bytes == 0 || bytes > BYTES_MAX) {
      throw new IllegalArgumentException(
          "expected a name of 1 to " + BYTES_MAX + " bytes of UTF-8, got " + bytes + " bytes");
    }
    if (value.codePoints().anyMatch(ProcessName::isForbidden)) {
      throw new IllegalArgumentException(
          "expected a name without control characters or lone surrogates, got: \""
              + escape(value)
              + "\"");
    }
  }

  private static boolean isForbidden(int codePoint) {
    return Character.isISOControl(codePoint)
        || (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE);
  }

  private static String escape(String value) {
    var text = new StringBuilder();
    value
        .codePoints()
        .forEach(
            c -> {
              if (isForbidden(c)) {
                text.append("\\u%04x".formatted(c));
              } else {
                text.appendCodePoint(c);
              }
            });
    return text.toString();
  }

  @Override
  public int compareTo(ProcessName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
