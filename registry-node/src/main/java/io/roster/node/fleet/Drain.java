package io.roster.node.fleet;

import io.roster.core.signal.ExitReason;
import io.roster.net.membership.NodeMetadata;
import io.roster.node.fleet.Hosted.Phase;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * The leaving of this node: every worker is handed over, or ended when it cannot be or time is up.
 * But for {@link #begin} and {@link #progress}, confined to the fleet's thread.
 */
final class Drain {

  /** Latecomers to the old processes are passed on for so long before a drain is over. */
  private static final Duration LINGER = Duration.ofMillis(300);

  private final FleetParts parts;
  private final LocalWorkers workers;
  private final Moves moves;
  private final Runnable wake;
  private final CompletableFuture<DrainReport> done = new CompletableFuture<>();
  private boolean isDraining;
  private boolean isOverdue;
  private int ended;
  private long movedBefore;
  private volatile DrainReport progress = new DrainReport(0, 0);

  Drain(FleetParts parts, LocalWorkers workers, Moves moves, Runnable wake) {
    this.parts = parts;
    this.workers = workers;
    this.moves = moves;
    this.wake = wake;
  }

  /** Begins, once. The others are told first, so that nobody moves workers here meanwhile. */
  CompletableFuture<DrainReport> begin() {
    parts.ports().membership().updateMetadata(NodeMetadata::asLeaving);
    parts.post(
        () -> {
          if (!isDraining) {
            isDraining = true;
            movedBefore = moves.counts.out;
            parts.view().leave(parts.now());
            parts.after(parts.options().pace().drainTimeout(), () -> isOverdue = true);
            wake.run();
          }
        });
    return done.copy();
  }

  /** What has become of the workers until now. */
  DrainReport progress() {
    return progress;
  }

  void tick() {
    if (!isDraining || done.isDone()) {
      return;
    }
    for (Hosted worker : workers.all()) {
      boolean hasNowhereToGo =
          worker.phase == Phase.RUNNING
              && parts.view().place(worker.type.alias(), worker.name).isEmpty();
      if (hasNowhereToGo || (isOverdue && worker.phase != Phase.STOPPING)) {
        end(worker);
      }
    }
    progress = new DrainReport((int) (moves.counts.out - movedBefore), ended);
    if (workers.all().isEmpty() && moves.isIdle()) {
      isDraining = false;
      DrainReport report = progress;
      parts.after(LINGER, () -> done.complete(report));
    }
  }

  /** Ends a worker that cannot be moved: it starts elsewhere from its arguments. */
  void end(Hosted worker) {
    ended++;
    workers.stop(worker, new ExitReason.NodeLeaving(parts.selfName()));
  }
}
