package io.roster.node.names.protocol;

import io.roster.node.names.claim.RegistrationId;
import io.roster.node.names.store.StoreAnswer;
import io.roster.node.names.store.StoreOperation;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The questions to the arbiter that are not answered yet. Confined to its {@link NameTable}. */
final class Tickets {

  private final Outbox outbox;
  private final Map<Long, Then> open = new HashMap<>();
  private final Set<RegistrationId> taking = new HashSet<>();
  private long last;

  Tickets(Outbox outbox) {
    this.outbox = outbox;
  }

  /** What to do with the answer. */
  @FunctionalInterface
  interface Then {
    void accept(StoreAnswer answer, long nowNanos);
  }

  void ask(StoreOperation operation, Then then) {
    long ticket = ++last;
    open.put(ticket, then);
    outbox.effect(new Effect.Ask(ticket, operation));
  }

  void answered(long ticket, StoreAnswer answer, long nowNanos) {
    var then = open.remove(ticket);
    if (then != null) {
      then.accept(answer, nowNanos);
    }
  }

  /** Notes that a claim of this node is on its way: it counts as standing meanwhile. */
  void taking(RegistrationId id) {
    taking.add(id);
  }

  void tookOrNot(RegistrationId id) {
    taking.remove(id);
  }

  boolean isTaking(RegistrationId id) {
    return taking.contains(id);
  }
}
