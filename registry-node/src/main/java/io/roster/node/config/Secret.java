package io.roster.node.config;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What the nodes of a cluster know and others do not. Its text never shows in {@link #toString}, so
 * that no log and no error message carries it. Immutable.
 *
 * @param text any text; at least {@value #CHARACTERS_MIN} characters outside loopback
 */
public record Secret(String text) {

  /** The shortest secret that a cluster outside loopback may have. */
  public static final int CHARACTERS_MIN = 16;

  /** What nodes on loopback share when nothing was set: protects nothing. */
  public static final Secret DEVELOPMENT = new Secret("roster-development-only");

  /** Refuses the empty text. */
  public Secret {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("expected a secret, got: nothing");
    }
  }

  /** Whether this is the well-known secret for development. */
  public boolean isDevelopment() {
    return equals(DEVELOPMENT);
  }

  /**
   * A key for one purpose, so that knowing one key tells nothing of another: HMAC-SHA-256 of {@code
   * purpose} under the text.
   *
   * @param bytes how long, at most 32
   */
  public byte[] keyFor(String purpose, int bytes) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(text.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return Arrays.copyOf(mac.doFinal(purpose.getBytes(StandardCharsets.UTF_8)), bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("invariant: every JDK has HmacSHA256", e);
    }
  }

  @Override
  public String toString() {
    return isDevelopment() ? "secret(development)" : "secret(set)";
  }
}
