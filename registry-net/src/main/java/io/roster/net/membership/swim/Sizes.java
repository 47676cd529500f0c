package io.roster.net.membership.swim;

import io.roster.net.membership.Member;
import io.roster.net.membership.NodeMetadata;
import io.roster.net.membership.ProtocolVersions;
import java.net.InetSocketAddress;

/**
 * Upper bounds of what things take in a datagram, so that packets can be filled without encoding.
 */
public final class Sizes {

  /** A packet without news and without its envelope. */
  public static final int PACKET = 190;

  private static final int ADDRESS = 28;
  private static final int IDENTITY = 13;
  private static final int FRAME = 8;
  private static final int PROTOCOLS = 8;
  private static final int LOAD = 2;

  private Sizes() {}

  /** One piece of news. */
  public static int of(Rumor rumor) {
    return switch (rumor) {
      case Rumor.Told(Member member) -> of(member) + FRAME;
      case Rumor.Refuted refuted -> FRAME + IDENTITY + refuted.about().name().value().length() + 14;
      case Rumor.Accused accused -> {
        int bytes = FRAME + IDENTITY + accused.about().name().value().length() + 12;
        for (var accuser : accused.accusers()) {
          bytes += 2 + accuser.value().length();
        }
        yield bytes;
      }
    };
  }

  /** All that is known of a member. */
  public static int of(Member member) {
    return IDENTITY + member.id().name().value().length() + ADDRESS + 14 + of(member.metadata());
  }

  /** What a member says of itself. */
  public static int of(NodeMetadata metadata) {
    int bytes =
        12
            + metadata.linkAddress().map(Sizes::of).orElse(0)
            + metadata.arbiterAddress().map(Sizes::of).orElse(0)
            + (metadata.protocols().equals(ProtocolVersions.FIRST) ? 0 : PROTOCOLS)
            + (metadata.load() == 0 ? 0 : LOAD);
    for (String role : metadata.roles()) {
      bytes += 3 + 3 * role.length();
    }
    return bytes;
  }

  private static int of(InetSocketAddress address) {
    return ADDRESS + (address.isUnresolved() ? 3 * address.getHostString().length() : 0);
  }
}
