package io.roster.net.membership.swim;

import io.roster.core.identity.NodeId;
import io.roster.net.membership.Member;
import io.roster.net.membership.MemberState;

/**
 * Which of two statements about one name is the later one. A total order, so that the newest of any
 * set of statements is the same whatever arrives first.
 *
 * <p>The incarnation counts first; within one start a goodbye is final; then the version, which the
 * member alone raises; of one version, an accusation beats what it accuses. Addresses do not count:
 * they tell twins apart, not statements.
 */
final class Precedence {

  private Precedence() {}

  static int compare(Member left, Member right) {
    return compare(
        left.id(), left.state(), left.version(), right.id(), right.state(), right.version());
  }

  static int compare(Member left, StreamMessage.Row right) {
    return compare(
        left.id(), left.state(), left.version(), right.id(), right.state(), right.version());
  }

  @SuppressWarnings("ParameterNumber") // two facts, three fields each
  private static int compare(
      NodeId leftId,
      MemberState leftState,
      long leftVersion,
      NodeId rightId,
      MemberState rightState,
      long rightVersion) {
    int byStart = Long.compare(leftId.incarnation(), rightId.incarnation());
    if (byStart != 0) {
      return byStart;
    }
    int byGoodbye = Boolean.compare(leftState == MemberState.LEFT, rightState == MemberState.LEFT);
    if (byGoodbye != 0) {
      return byGoodbye;
    }
    int byVersion = Long.compare(leftVersion, rightVersion);
    return byVersion != 0 ? byVersion : Integer.compare(weight(leftState), weight(rightState));
  }

  /** Two processes with one name and one incarnation: the greater address goes before. */
  static boolean goesBefore(Member left, Member right) {
    return AddressOrder.INSTANCE.compare(left.gossipAddress(), right.gossipAddress()) > 0;
  }

  static int weight(MemberState state) {
    return switch (state) {
      case ALIVE -> 0;
      case SUSPECT -> 1;
      case DEAD -> 2;
      case LEFT -> 3;
    };
  }
}
