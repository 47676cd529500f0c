package io.roster.net.membership.udp;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;

/**
 * Opens what others sealed: each message once, and nothing that was not sealed with a key of the
 * ring for this cluster and context. Confined to one thread.
 */
final class Opener {

  /** What became of some bytes. */
  sealed interface Opened {}

  /** They are authentic. */
  @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
  record Message(byte[] bytes) implements Opened {}

  /** They are not to be looked at. */
  record Rejected(Rejection why) implements Opened {}

  private final Supplier<Keyring> keyring;
  private final String cluster;
  private final byte[] associated;
  private final int sendersMax;
  private final Cipher cipher = Envelope.cipher();

  /** Only senders of authentic messages get in here, so that strangers cannot crowd others out. */
  private final Map<Sender, Session> sessions =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Sender, Session> eldest) {
          return size() > sendersMax;
        }
      };

  private record Sender(int keyId, ByteBuffer salt) {}

  private record Session(SecretKey subkey, ReplayWindow window) {}

  Opener(Supplier<Keyring> keyring, String cluster, byte[] context, int sendersMax) {
    this.keyring = keyring;
    this.cluster = cluster;
    this.associated = Envelope.associated(cluster, context);
    this.sendersMax = sendersMax;
  }

  Opened open(byte[] bytes) {
    var keys = keyring.get();
    if (bytes.length == 0) {
      return new Rejected(Rejection.TRUNCATED);
    }
    if (keys.isInsecure()) {
      return openPlain(bytes);
    }
    if (bytes[0] != Envelope.SEALED) {
      return new Rejected(Rejection.NOT_GOSSIP);
    }
    if (bytes.length < Envelope.HEADER + Envelope.TAG) {
      return new Rejected(Rejection.TRUNCATED);
    }
    int keyId = ByteBuffer.wrap(bytes, 1, 4).getInt();
    var key = keys.byId(keyId);
    return key.isEmpty() ? new Rejected(Rejection.UNKNOWN_KEY) : unseal(bytes, key.get());
  }

  private Opened unseal(byte[] bytes, GossipKey key) {
    var header = ByteBuffer.wrap(bytes);
    byte[] salt = Arrays.copyOfRange(bytes, 5, 5 + Envelope.SALT);
    long counter = header.getLong(5 + Envelope.SALT);
    var sender = new Sender(key.id(), ByteBuffer.wrap(salt));
    var known = sessions.get(sender);
    var session = known != null ? known : new Session(key.subkey(salt), new ReplayWindow());
    if (!session.window().isNew(counter)) {
      return new Rejected(Rejection.REPLAYED);
    }
    try {
      cipher.init(Cipher.DECRYPT_MODE, session.subkey(), Envelope.nonce(counter));
      cipher.updateAAD(bytes, 0, Envelope.HEADER);
      cipher.updateAAD(associated);
      byte[] message = cipher.doFinal(bytes, Envelope.HEADER, bytes.length - Envelope.HEADER);
      session.window().note(counter);
      if (known == null) {
        sessions.put(sender, session);
      }
      return new Message(message);
    } catch (GeneralSecurityException e) {
      return new Rejected(Rejection.FORGED);
    }
  }

  private Opened openPlain(byte[] bytes) {
    if (bytes[0] != Envelope.OPEN) {
      return new Rejected(Rejection.NOT_GOSSIP);
    }
    if (bytes.length < Envelope.OPEN_HEADER) {
      return new Rejected(Rejection.TRUNCATED);
    }
    if (ByteBuffer.wrap(bytes, 1, 8).getLong() != Envelope.clusterHash(cluster)) {
      return new Rejected(Rejection.OTHER_CLUSTER);
    }
    return new Message(Arrays.copyOfRange(bytes, Envelope.OPEN_HEADER, bytes.length));
  }
}
