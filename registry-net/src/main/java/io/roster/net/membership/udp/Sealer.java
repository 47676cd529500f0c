package io.roster.net.membership.udp;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.function.Supplier;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/** Seals what one sender sends, under a salt of its own. Confined to one thread. */
final class Sealer {

  private final Supplier<Keyring> keyring;
  private final String cluster;
  private final byte[] associated;
  private final byte[] salt;
  private final Cipher cipher = Envelope.cipher();
  private long counter;
  private @Nullable GossipKey key;
  private @Nullable SecretKey subkey;

  /**
   * @param context what the sealed messages belong to, beside the cluster: they open nowhere else
   */
  Sealer(Supplier<Keyring> keyring, String cluster, byte[] context, SecureRandom random) {
    this.keyring = keyring;
    this.cluster = cluster;
    this.associated = Envelope.associated(cluster, context);
    this.salt = Envelope.freshSalt(random);
  }

  byte[] seal(byte[] message) {
    var keys = keyring.get();
    if (keys.isInsecure()) {
      return ByteBuffer.allocate(Envelope.OPEN_HEADER + message.length)
          .put(Envelope.OPEN)
          .putLong(Envelope.clusterHash(cluster))
          .put(message)
          .array();
    }
    var first = keys.first();
    var sealing = subkey;
    if (sealing == null || key == null || !first.equals(key)) {
      // The counter goes on: under another key it meets no nonce again.
      sealing = first.subkey(salt);
      key = first;
      subkey = sealing;
    }
    try {
      long nonce = counter++;
      byte[] sealed = new byte[Envelope.HEADER + message.length + Envelope.TAG];
      ByteBuffer.wrap(sealed).put(Envelope.SEALED).putInt(first.id()).put(salt).putLong(nonce);
      cipher.init(Cipher.ENCRYPT_MODE, sealing, Envelope.nonce(nonce));
      cipher.updateAAD(sealed, 0, Envelope.HEADER);
      cipher.updateAAD(associated);
      cipher.doFinal(message, 0, message.length, sealed, Envelope.HEADER);
      return sealed;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("expected AES-GCM to seal " + message.length + " bytes", e);
    }
  }
}
