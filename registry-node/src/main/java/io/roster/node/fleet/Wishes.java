package io.roster.node.fleet;

import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import io.roster.node.fleet.desired.DesiredTable;
import io.roster.node.fleet.desired.DesiredWorker;
import io.roster.node.fleet.desired.WishMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Keeps this node's table of wishes equal to everybody's: a change goes to every linked node at
 * once, and whatever was lost is found by comparing digests when a link comes up and at intervals.
 * Confined to the fleet's thread.
 */
final class Wishes {

  /** Wishes of one frame: well below what a link takes at once. */
  private static final int BATCH_BYTES = 128 * 1024;

  private final DesiredTable table;
  private final Links links;

  Wishes(DesiredTable table, Links links) {
    this.table = table;
    this.links = links;
  }

  /** Takes a wish of this node in and tells everybody. */
  void put(DesiredWorker wish, long nowNanos) {
    if (table.join(wish, nowNanos)) {
      links.sendToAll(new WishMessage.Wishes(List.of(wish)));
    }
  }

  /** Takes wishes of others in. */
  boolean join(List<DesiredWorker> wishes, long nowNanos) {
    boolean isChanged = false;
    for (DesiredWorker wish : wishes) {
      isChanged |= table.join(wish, nowNanos);
    }
    return isChanged;
  }

  WishMessage digest(Set<String> types) {
    return new WishMessage.Digest(types, table.sums());
  }

  /** Asks for what {@code from} has otherwise. */
  void compare(NodeId from, List<Long> sums) {
    Set<Integer> differing = table.differing(sums);
    if (!differing.isEmpty()) {
      var _ = links.send(from.name(), new WishMessage.Want(differing));
    }
  }

  void tell(NodeName to, Set<Integer> buckets) {
    var batch = new ArrayList<DesiredWorker>();
    long bytes = 0;
    for (DesiredWorker wish : table.in(buckets)) {
      batch.add(wish);
      bytes += wish.args().size() + 256;
      if (bytes > BATCH_BYTES) {
        var _ = links.send(to, new WishMessage.Wishes(batch));
        batch.clear();
        bytes = 0;
      }
    }
    if (!batch.isEmpty()) {
      var _ = links.send(to, new WishMessage.Wishes(batch));
    }
  }
}
