package io.roster.net.transport.netty;

import com.google.protobuf.ByteString;
import io.roster.core.identity.NodeId;
import io.roster.net.wire.LinkMessage.Challenge;
import io.roster.net.wire.LinkMessage.Hello;
import io.roster.net.wire.LinkMessage.Refused;
import io.roster.net.wire.RefusalCode;
import java.security.SecureRandom;
import java.util.Optional;

/*
 *   dialler                                 dialled
 *   Hello(versions, cluster, who, nonce) →
 *                                         ← Challenge(version, cluster, who, nonce)
 *   Proof(HMAC("dialler", hello, challenge)) →
 *                                         ← Accepted(HMAC("dialled", hello, challenge))
 *
 * Either proof covers every byte of both messages, so neither names nor versions can be changed on
 * the way, and the two roles keep a proof from being sent back to its maker. The dialler proves
 * itself first: a stranger learns nothing that it could guess cookies with. At any step the dialled
 * one may answer Refused(code, detail) instead and close.
 */
/** What both ends of a handshake check. Pure, apart from its random numbers. */
final class Handshake {

  static final int PROTOCOL_MIN = 1;
  static final int PROTOCOL_MAX = 1;
  static final String DIALLER = "roster-dialler";
  static final String DIALLED = "roster-dialled";
  static final int NONCE_BYTES = 32;

  private static final int LANES_MAX = 16;

  private Handshake() {}

  static ByteString nonce(SecureRandom random) {
    var bytes = new byte[NONCE_BYTES];
    random.nextBytes(bytes);
    return ByteString.copyFrom(bytes);
  }

  /** What is wrong with a hello, if anything. */
  static Optional<Refused> judge(Hello hello, String cluster) {
    if (hello.protocolMin() > PROTOCOL_MAX || hello.protocolMax() < PROTOCOL_MIN) {
      return refused(
          RefusalCode.PROTOCOL,
          "expected protocol %d to %d, got: %d to %d"
              .formatted(PROTOCOL_MIN, PROTOCOL_MAX, hello.protocolMin(), hello.protocolMax()));
    }
    if (!hello.cluster().equals(cluster)) {
      return refused(
          RefusalCode.CLUSTER,
          "expected cluster \"%s\", got: \"%s\"".formatted(cluster, hello.cluster()));
    }
    var seat = hello.seat();
    if (hello.nonce().size() != NONCE_BYTES
        || seat.lanes() < 1
        || seat.lanes() > LANES_MAX
        || seat.lane() < 0
        || seat.lane() >= seat.lanes()) {
      return refused(
          RefusalCode.MALFORMED,
          "expected a nonce of %d bytes and a lane below at most %d, got: %d bytes, lane %d of %d"
              .formatted(NONCE_BYTES, LANES_MAX, hello.nonce().size(), seat.lane(), seat.lanes()));
    }
    return Optional.empty();
  }

  /** What is wrong with a challenge, if anything. */
  static Optional<Refused> judge(Challenge challenge, String cluster, Optional<NodeId> expected) {
    if (challenge.protocol() < PROTOCOL_MIN || challenge.protocol() > PROTOCOL_MAX) {
      return refused(
          RefusalCode.PROTOCOL,
          "expected protocol %d to %d, got: %d"
              .formatted(PROTOCOL_MIN, PROTOCOL_MAX, challenge.protocol()));
    }
    if (!challenge.cluster().equals(cluster)) {
      return refused(
          RefusalCode.CLUSTER,
          "expected cluster \"%s\", got: \"%s\"".formatted(cluster, challenge.cluster()));
    }
    if (challenge.nonce().size() != NONCE_BYTES) {
      return refused(RefusalCode.MALFORMED, "expected a nonce of " + NONCE_BYTES + " bytes");
    }
    var found = challenge.node();
    if (expected.isPresent() && !found.name().equals(expected.get().name())) {
      return refused(
          RefusalCode.OTHER, "expected node " + expected.get().name() + ", got: " + found);
    }
    if (expected.isPresent() && found.incarnation() < expected.get().incarnation()) {
      return refused(RefusalCode.STALE, "expected " + expected.get() + " or later, got: " + found);
    }
    return Optional.empty();
  }

  private static Optional<Refused> refused(RefusalCode code, String detail) {
    return Optional.of(new Refused(code, detail));
  }
}
