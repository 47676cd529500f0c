package io.roster.net.membership.udp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/* What surrounds every message:
 *
 *   version 1 | key id 4 | salt 12 | counter 8 | ciphertext … | tag 16
 *
 * The salt is drawn once for each start of a sender (and for each direction of each stream), and the
 * key that seals is derived from the shared key and the salt; the counter is the nonce. So no two
 * messages share a key and a nonce, whatever the senders' clocks and numbers are. All of the header,
 * the cluster's name and the context are authenticated with the message.
 *
 * Without keys (development on loopback) it is: version 0 | hash of the cluster's name 8 | message.
 */
final class Envelope {

  static final byte SEALED = 1;
  static final byte OPEN = 0;
  static final int SALT = 12;
  static final int HEADER = 1 + 4 + SALT + 8;
  static final int TAG = 16;
  static final int OPEN_HEADER = 1 + 8;

  private Envelope() {}

  static Cipher cipher() {
    try {
      return Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("expected AES-GCM in this JDK", e);
    }
  }

  static GCMParameterSpec nonce(long counter) {
    return new GCMParameterSpec(
        TAG * 8, ByteBuffer.allocate(12).putInt(0).putLong(counter).array());
  }

  static byte[] associated(String cluster, byte[] context) {
    byte[] name = cluster.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(4 + name.length + context.length)
        .putInt(name.length)
        .put(name)
        .put(context)
        .array();
  }

  static long clusterHash(String cluster) {
    long hash = 0xcbf29ce484222325L;
    for (byte part : cluster.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (part & 0xff)) * 0x100000001b3L;
    }
    return hash;
  }

  static byte[] freshSalt(SecureRandom random) {
    byte[] salt = new byte[SALT];
    random.nextBytes(salt);
    return salt;
  }

  static byte[] concat(byte[] left, byte... right) {
    byte[] all = Arrays.copyOf(left, left.length + right.length);
    System.arraycopy(right, 0, all, left.length, right.length);
    return all;
  }
}
