package io.roster.net.membership.udp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.PBEKeySpec;

/**
 * One secret that the members of a cluster share. Immutable; its text form hides the secret.
 *
 * <p>Whoever holds it can say anything in the name of anybody: it tells members from strangers, not
 * one member from another.
 */
public final class GossipKey {

  /** Bytes of a secret. */
  public static final int BYTES = 32;

  private static final int PASSPHRASE_ROUNDS = 120_000;

  private final byte[] secret;
  private final int id;

  private GossipKey(byte[] secret) {
    this.secret = secret;
    this.id = idOf(secret);
  }

  /** A fresh random key. */
  public static GossipKey generate() {
    byte[] secret = new byte[BYTES];
    new SecureRandom().nextBytes(secret);
    return new GossipKey(secret);
  }

  /** The key that {@link #encoded} wrote: 32 bytes in Base64. */
  public static GossipKey parse(String base64) {
    byte[] secret;
    try {
      secret = Base64.getDecoder().decode(base64.strip());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "expected a gossip key of 32 bytes in Base64, got text that is not Base64", e);
    }
    if (secret.length != BYTES) {
      throw new IllegalArgumentException(
          "expected a gossip key of 32 bytes in Base64, got " + secret.length + " bytes");
    }
    return new GossipKey(secret);
  }

  /**
   * The key that everybody derives from one passphrase and cluster name. Slow on purpose; still no
   * stronger than the passphrase.
   */
  public static GossipKey fromPassphrase(String passphrase, String cluster) {
    if (passphrase.isEmpty()) {
      throw new IllegalArgumentException("expected a passphrase, got an empty one");
    }
    try {
      var spec =
          new PBEKeySpec(
              passphrase.toCharArray(),
              ("roster gossip " + cluster).getBytes(StandardCharsets.UTF_8),
              PASSPHRASE_ROUNDS,
              BYTES * 8);
      return new GossipKey(
          SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("expected PBKDF2 with HMAC-SHA256 in this JDK", e);
    }
  }

  /** What tells keys apart in the open; it says nothing of the secret. */
  public int id() {
    return id;
  }

  /** An id as people read it. */
  public static String text(int id) {
    return HexFormat.of().toHexDigits(id);
  }

  /**
   * The id that {@link #text(int)} wrote.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static int parseId(String text) {
    if (!text.matches("[0-9a-f]{8}")) {
      throw new IllegalArgumentException(
          "expected the id of a key, eight hexadecimal digits such as 0a1b2c3d, got: \""
              + text
              + "\"");
    }
    return HexFormat.fromHexDigits(text);
  }

  /** A key of these bytes. */
  static GossipKey of(byte[] secret) {
    if (secret.length != BYTES) {
      throw new IllegalArgumentException(
          "expected a gossip key of " + BYTES + " bytes, got " + secret.length);
    }
    return new GossipKey(secret.clone());
  }

  /** The secret itself. */
  byte[] secret() {
    return secret.clone();
  }

  /** The secret in Base64, for a file that nobody else reads. */
  public String encoded() {
    return Base64.getEncoder().encodeToString(secret);
  }

  /** The key of one start of one sender. */
  SecretKey subkey(byte[] salt) {
    try {
      var spec =
          HKDFParameterSpec.ofExtract()
              .addIKM(secret)
              .addSalt(salt)
              .thenExpand("roster gossip seal 1".getBytes(StandardCharsets.US_ASCII), BYTES);
      return KDF.getInstance("HKDF-SHA256").deriveKey("AES", spec);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("expected HKDF with SHA-256 in this JDK", e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof GossipKey key && MessageDigest.isEqual(secret, key.secret);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(secret);
  }

  @Override
  public String toString() {
    return "GossipKey[" + text(id) + "]";
  }

  private static int idOf(byte[] secret) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      digest.update("roster gossip key id".getBytes(StandardCharsets.US_ASCII));
      byte[] hash = Arrays.copyOf(digest.digest(secret), 4);
      return ByteBuffer.wrap(hash).getInt();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("expected SHA-256 in this JDK", e);
    }
  }
}
