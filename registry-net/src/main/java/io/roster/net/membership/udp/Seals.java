package io.roster.net.membership.udp;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.function.Supplier;

/**
 * Sealers and openers of one node. What is sealed for datagrams opens as a datagram alone; what is
 * sealed for a stream opens in that stream and direction alone, because it names the challenge that
 * the accepting side drew: a stream that was recorded opens nowhere.
 */
final class Seals {

  static final int CHALLENGE = 16;

  private static final byte[] DATAGRAM = "datagram".getBytes(StandardCharsets.US_ASCII);

  private final Supplier<Keyring> keyring;
  private final String cluster;
  private final SecureRandom random = new SecureRandom();

  Seals(Supplier<Keyring> keyring, String cluster) {
    this.keyring = keyring;
    this.cluster = cluster;
  }

  Sealer datagramSealer() {
    return new Sealer(keyring, cluster, DATAGRAM, random);
  }

  /**
   * Opens datagrams of as many members, each of them once: of this start and the one before, or
   * under this key and the one before.
   */
  Opener datagramOpener(int membersMax) {
    return new Opener(keyring, cluster, DATAGRAM, 2 * membersMax);
  }

  byte[] challenge() {
    byte[] challenge = new byte[CHALLENGE];
    random.nextBytes(challenge);
    return challenge;
  }

  /** Seals what the side that opened a stream sends, or the other. */
  Sealer streamSealer(byte[] challenge, boolean opened) {
    return new Sealer(keyring, cluster, context(challenge, opened), random);
  }

  /** Opens what the side that opened a stream sent, or the other. */
  Opener streamOpener(byte[] challenge, boolean opened) {
    return new Opener(keyring, cluster, context(challenge, opened), 2);
  }

  private static byte[] context(byte[] challenge, boolean opened) {
    return Envelope.concat(challenge, (byte) (opened ? 'O' : 'A'));
  }
}
