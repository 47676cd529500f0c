package io.roster.core.identity;

import java.util.regex.Pattern;

/**
 * The name of a node, unique among the nodes of a cluster that run at one time.
 *
 * <p>Immutable. Ordered by its characters, so that every node sorts names alike.
 *
 * @param value 1 to 63 characters: a letter or digit, then letters, digits, {@code .}, {@code _} or
 *     {@code -}
 */
public record NodeName(String value) implements Comparable<NodeName> {

  private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

  /** Checks the characters. */
  public NodeName {
    if (!ALLOWED.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "expected a node name of 1 to 63 letters, digits, '.', '_' or '-' that begins with a"
              + " letter or digit, got: \""
              + value
              + "\"");
    }
  }

  @Override
  public int compareTo(NodeName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
