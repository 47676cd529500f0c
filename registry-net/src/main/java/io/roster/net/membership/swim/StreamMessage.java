package io.roster.net.membership.swim;

import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import io.roster.net.membership.Member;
import io.roster.net.membership.MemberState;
import java.util.List;

/**
 * What passes over a stream: a probe, or the comparison of two views.
 *
 * <p>A comparison goes {@code Compare} → {@code Same}, or {@code Compare} → {@code Versions} →
 * {@code Rows} → {@code Rows}: identities and versions first, all else only where it differs.
 */
public sealed interface StreamMessage {

  /** Are you there? */
  record Probe(NodeId from, NodeName target) implements StreamMessage {}

  /** Yes. */
  record Alive(NodeId who) implements StreamMessage {}

  /** Here am I, and this is what my view amounts to. */
  record Compare(Member self, Digest digest) implements StreamMessage {}

  /** So does mine. */
  record Same() implements StreamMessage {}

  /** Mine differs: this is what I have. */
  record Versions(NodeId from, List<Row> rows) implements StreamMessage {}

  /** What you lack, and what I lack. */
  record Rows(NodeId from, List<Known> rows, List<NodeName> wants) implements StreamMessage {}

  /** Which start of {@code name} do you know? Asked before a node has an incarnation. */
  record WhoIs(NodeName name) implements StreamMessage {}

  /** The latest start that I know; empty or one. */
  record ThisIs(List<Member> latest) implements StreamMessage {}

  /** A view in sixteen bytes; equal views have equal digests. */
  record Digest(int members, long hash) {}

  /** The newest thing known of one member, without its content. */
  record Row(NodeId id, MemberState state, long version) {}

  /**
   * The newest thing known of one member.
   *
   * @param downMillis for how long it has been dead or gone, so that everybody forgets it alike
   */
  record Known(Member member, long downMillis) {}
}
