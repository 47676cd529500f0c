package io.roster.demo.chat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What was said in a room so far, in what order, as one number: two rooms with the same digest hold
 * the same posts in the same order. Immutable.
 *
 * @param hex 64 hexadecimal digits, or nothing for an empty room
 */
public record ChatDigest(String hex) {

  /** Of a room without posts. */
  public static final ChatDigest EMPTY = new ChatDigest("");

  /** Of the same room after one more post. */
  public ChatDigest then(String user, String text) {
    try {
      var sha = MessageDigest.getInstance("SHA-256");
      sha.update(hex.getBytes(StandardCharsets.US_ASCII));
      update(sha, user);
      update(sha, text);
      return new ChatDigest(HexFormat.of().formatHex(sha.digest()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("invariant: every JDK has SHA-256", e);
    }
  }

  /* The length comes first, so that no two pairs of user and text run together into one. */
  private static void update(MessageDigest sha, String field) {
    var bytes = field.getBytes(StandardCharsets.UTF_8);
    sha.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
    sha.update(bytes);
  }
}
