package io.roster.core.process;

import io.roster.core.identity.Alias;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The reply addresses of one node that are active. Thread-safe. */
final class Aliases {

  private final ConcurrentHashMap<Alias, Object> targets = new ConcurrentHashMap<>();

  /** A process that an alias leads to. */
  record ToProcess(ProcessCell cell, boolean once) {}

  /** {@code target} is a {@link Request} or a {@link ToProcess}. */
  void put(Alias alias, Object target) {
    targets.put(alias, target);
  }

  boolean remove(Alias alias) {
    return targets.remove(alias) != null;
  }

  /**
   * Who a message to {@code alias} goes to; one that is good for one message is used up by this.
   */
  Optional<Object> take(Alias alias) {
    Object target = targets.get(alias);
    if (target instanceof ToProcess(ProcessCell _, boolean once) && once) {
      return targets.remove(alias, target) ? Optional.of(target) : Optional.empty();
    }
    return Optional.ofNullable(target);
  }

  /** The question that waits for an answer to {@code alias}, which stays active. */
  Optional<Request> request(Alias alias) {
    return targets.get(alias) instanceof Request request ? Optional.of(request) : Optional.empty();
  }

  /** The living process that {@code alias} leads to. */
  Optional<ProcessCell> owner(Alias alias) {
    return targets.get(alias) instanceof ToProcess(ProcessCell cell, boolean _) && cell.isAlive()
        ? Optional.of(cell)
        : Optional.empty();
  }

  boolean isActive(Alias alias) {
    return targets.containsKey(alias);
  }

  /** Names the addresses that lead to nobody. */
  void audit(Consumer<String> wrong) {
    targets.forEach(
        (alias, target) -> {
          boolean waits =
              switch (target) {
                case Request request -> !request.isDone();
                case ToProcess(ProcessCell cell, boolean _) -> cell.isAlive();
                default -> false;
              };
          if (!waits) {
            wrong.accept(alias + " leads to " + target + ", which is gone");
          }
        });
  }

  int size() {
    return targets.size();
  }
}
