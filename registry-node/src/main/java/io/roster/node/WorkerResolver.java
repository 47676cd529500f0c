package io.roster.node;

import io.roster.core.identity.Pid;
import io.roster.core.identity.ProcessName;
import io.roster.net.client.NameResolver;
import io.roster.node.fleet.Fleet;
import io.roster.node.names.GlobalNames;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * Finds named processes for clients. A name that nobody has is answered at once, unless the fleet
 * wants a worker of that name: then one is on its way, and the client waits for it instead of
 * hearing that there is none. Thread-safe; nothing here blocks.
 */
final class WorkerResolver implements NameResolver {

  private final GlobalNames names;
  private final Fleet fleet;

  WorkerResolver(GlobalNames names, Fleet fleet) {
    this.names = names;
    this.fleet = fleet;
  }

  @Override
  public CompletionStage<Optional<Pid>> resolve(ProcessName name, Duration budget) {
    var present = names.whereis(name);
    return present.isPresent() || !isWanted(name)
        ? CompletableFuture.completedFuture(present)
        : await(name, Optional.empty(), budget);
  }

  @Override
  public CompletionStage<Optional<Pid>> resolveAnew(ProcessName name, Pid gone, Duration budget) {
    var present = names.whereis(name).filter(pid -> !pid.equals(gone));
    return present.isPresent() || !isWanted(name)
        ? CompletableFuture.completedFuture(present)
        : await(name, Optional.of(gone), budget);
  }

  private boolean isWanted(ProcessName name) {
    return fleet.workers().stream().anyMatch(worker -> worker.name().equals(name));
  }

  private CompletionStage<Optional<Pid>> await(
      ProcessName name, Optional<Pid> gone, Duration budget) {
    var found = new CompletableFuture<Optional<Pid>>();
    Runnable look =
        () ->
            names
                .whereis(name)
                .filter(pid -> !gone.equals(Optional.of(pid)))
                .ifPresent(pid -> found.complete(Optional.of(pid)));
    var watch = names.watch(name, _ -> look.run());
    // It may have come between the first look and the watch.
    look.run();
    var _ = found.completeOnTimeout(Optional.empty(), budget.toMillis(), TimeUnit.MILLISECONDS);
    return found.whenComplete((_, _) -> watch.close());
  }
}
