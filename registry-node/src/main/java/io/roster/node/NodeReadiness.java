package io.roster.node;

import io.roster.net.membership.Member;
import io.roster.node.admin.NodeView.Check;
import io.roster.node.admin.NodeView.Readiness;
import java.time.Duration;
import java.util.List;

/**
 * Whether a node can do its work at this moment. Asked again each time: a node that was ready may
 * stop to be. Thread-safe.
 */
final class NodeReadiness {

  /**
   * For how long a node with seeds that knows nobody waits before it takes itself to be the first.
   */
  private static final Duration ALONE_AFTER = Duration.ofSeconds(3);

  /** For how long gossip and Hazelcast may name different members, as they do while one joins. */
  private static final Duration DISAGREEMENT_MAX = Duration.ofSeconds(10);

  private final NodeParts parts;
  private final boolean hasSeeds;
  private final long startedNanos;

  NodeReadiness(NodeParts parts, boolean hasSeeds) {
    this.parts = parts;
    this.hasSeeds = hasSeeds;
    this.startedNanos = parts.system().ticker().nowNanos();
  }

  Readiness now() {
    var replaced = replaced();
    // What a replaced node knows of the others is of the past, and its parts are closing.
    return Readiness.of(
        replaced.ok()
            ? List.of(
                replaced, joined(), linked(), arbiter(), healed(parts.arbiter().disagreement()))
            : List.of(replaced));
  }

  private Check replaced() {
    return parts
        .replacement()
        .by()
        .map(by -> new Check("replaced", false, "by " + by + ", another start of this name"))
        .orElse(new Check("replaced", true, "no other start of this name is known"));
  }

  private Check joined() {
    long up = parts.membership().members().stream().filter(Member::isUp).count();
    long aloneNanos = parts.system().ticker().nowNanos() - startedNanos;
    boolean waits = up < 2 && hasSeeds && aloneNanos < ALONE_AFTER.toNanos();
    return new Check(
        "joined",
        !waits,
        waits ? "looking for the seeds" : up + (up == 1 ? " member is up" : " members are up"));
  }

  private Check linked() {
    var self = parts.system().node();
    var linked = parts.transport().peers();
    var missing =
        parts.membership().members().stream()
            .filter(Member::isUp)
            .map(Member::id)
            .filter(id -> !id.equals(self) && !linked.contains(id))
            .toList();
    return new Check(
        "linked",
        missing.isEmpty(),
        missing.isEmpty() ? linked.size() + " links are up" : "no link to " + missing);
  }

  private Check arbiter() {
    boolean ready = parts.arbiter().isReady();
    return new Check(
        "arbiter",
        ready,
        ready
            ? "Hazelcast has joined, " + parts.arbiter().members().size() + " members"
            : "Hazelcast has not joined yet");
  }

  static Check healed(Duration differing) {
    boolean ok = differing.compareTo(DISAGREEMENT_MAX) < 0;
    return new Check(
        "healed",
        ok,
        differing.isZero()
            ? "gossip and Hazelcast name the same members"
            : "gossip and Hazelcast have disagreed for " + differing.toMillis() + " ms");
  }
}
