package io.roster.net.transport.netty;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret that all nodes and clients of a cluster share. Immutable. It never crosses the wire:
 * both ends prove that they know it.
 */
public final class Cookie {

  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec key;

  private Cookie(byte[] secret) {
    key = new SecretKeySpec(secret, ALGORITHM);
  }

  /**
   * The cookie with the characters of {@code secret}.
   *
   * @throws IllegalArgumentException if it is blank
   */
  public static Cookie of(String secret) {
    if (secret.isBlank()) {
      throw new IllegalArgumentException("expected a cookie, got: a blank one");
    }
    return new Cookie(secret.getBytes(StandardCharsets.UTF_8));
  }

  /** Proof that {@code role} knows the cookie and has seen these bytes. */
  byte[] prove(String role, byte[]... seen) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update(role.getBytes(StandardCharsets.UTF_8));
      for (byte[] part : seen) {
        // Digests have one length, so that no two transcripts run together into the same bytes.
        mac.update(MessageDigest.getInstance("SHA-256").digest(part));
      }
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("invariant: every JDK has HMAC-SHA256", e);
    }
  }

  /** Whether {@code proof} is what {@link #prove} gives, in constant time. */
  boolean verifies(byte[] proof, String role, byte[]... seen) {
    return MessageDigest.isEqual(proof, prove(role, seen));
  }

  @Override
  public String toString() {
    return "Cookie[secret]";
  }
}
