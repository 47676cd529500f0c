package io.roster.node;

import io.roster.core.identity.NodeId;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Whether another start of a node's name has taken its place in the cluster. Thread-safe. */
final class Replacement {

  private final CompletableFuture<NodeId> by = new CompletableFuture<>();

  /** Says that {@code other} has taken the place. Only the first one counts. */
  void heardOf(NodeId other) {
    by.complete(other);
  }

  /** Who has taken the place, if anybody has. */
  Optional<NodeId> by() {
    return Optional.ofNullable(by.getNow(null));
  }

  /**
   * Runs {@code action} when the place is taken, or now if it is. It has a thread of its own, since
   * gossip says so on the one that an action that ends the node waits for.
   */
  void onHeard(String threadName, Consumer<NodeId> action) {
    var _ =
        by.thenAcceptAsync(
            action, task -> Thread.ofPlatform().daemon().name(threadName).start(task));
  }
}
