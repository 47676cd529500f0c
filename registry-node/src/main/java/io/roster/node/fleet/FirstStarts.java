package io.roster.node.fleet;

import io.roster.core.identity.Pid;
import io.roster.core.identity.ProcessName;
import io.roster.node.fleet.desired.WishMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Who waits for the first start of a worker. Confined to the fleet's thread. */
final class FirstStarts {

  private final Map<ProcessName, List<CompletableFuture<WorkerStart>>> waiting = new HashMap<>();

  void add(ProcessName name, CompletableFuture<WorkerStart> waiter) {
    waiting.computeIfAbsent(name, _ -> new ArrayList<>()).add(waiter);
  }

  void answer(ProcessName name, WishMessage.Outcome outcome) {
    answer(
        name,
        switch (outcome) {
          case WishMessage.Outcome.Started(Pid pid) -> new WorkerStart.Started(pid);
          case WishMessage.Outcome.Ignored() -> new WorkerStart.Ignored();
          case WishMessage.Outcome.Failed(String reason) -> new WorkerStart.Failed(reason);
        });
  }

  void answer(ProcessName name, WorkerStart outcome) {
    List<CompletableFuture<WorkerStart>> told = waiting.remove(name);
    if (told != null) {
      told.forEach(waiter -> waiter.complete(outcome));
    }
  }

  /** Ends the wait of one, who has waited long enough. */
  void giveUp(ProcessName name, CompletableFuture<WorkerStart> waiter, WorkerStart outcome) {
    waiter.complete(outcome);
    List<CompletableFuture<WorkerStart>> others = waiting.get(name);
    if (others != null && others.removeIf(CompletableFuture::isDone) && others.isEmpty()) {
      waiting.remove(name);
    }
  }

  Set<ProcessName> names() {
    return Set.copyOf(waiting.keySet());
  }
}
