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

  private final NodeParts parts;
  private final boolean hasSeeds;
  private final long startedNanos;

  NodeReadiness(NodeParts parts, boolean hasSeeds) {
    this.parts = parts;
    this.hasSeeds = hasSeeds;
    this.startedNanos = parts.system().ticker().nowNanos();
  }

  Readiness now() {
    return Readiness.of(List.of(started(), joined(), linked()));
  }

  private Check started() {
    return new Check("started", true, "every part runs");
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
}
