package io.roster.node.fleet;

import io.roster.core.identity.Pid;
import io.roster.core.identity.ProcessName;
import io.roster.core.naming.Registration;
import io.roster.node.fleet.handoff.Claim;
import io.roster.node.names.GlobalNames;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The claims that a move makes, in terms of global names. Thread-safe; does not block. */
final class NameClaims {

  private final GlobalNames names;

  NameClaims(GlobalNames names) {
    this.names = names;
  }

  /** Gives the name from a process of this node to one of another. */
  CompletableFuture<Claim> give(ProcessName name, Pid from, Pid to) {
    return names
        .transferAsync(name, from, to)
        .thenApply(
            registration ->
                switch (registration) {
                  case Registration.Registered(_, Pid owner) -> verdict(owner, to);
                  case Registration.AlreadyRegistered(_, Pid owner) -> verdict(owner, to);
                  // The standby is gone, or its node not linked: this claim will not come through.
                  case Registration.NotAlive _, Registration.Refused _ -> new Claim.Lost(from);
                  case Registration.Unknown _ -> new Claim.Unknown();
                });
  }

  /**
   * Takes the name back for a process of this node that was about to give it away. Other nodes may
   * have heard that it did and this one not, or this one may hide the old claim as they do: it is
   * given up first, so that the new one has an epoch above all. Nobody starts the worker in the
   * moment between, since the view has just changed.
   */
  CompletableFuture<Claim> takeBack(ProcessName name, Pid from, Pid to) {
    return CompletableFuture.supplyAsync(
            () -> names.unregister(name, to), Thread::startVirtualThread)
        .thenCompose(_ -> take(name, from, to));
  }

  /** Takes the name for a process of this node from one of another, or from nobody. */
  CompletableFuture<Claim> take(ProcessName name, Pid from, Pid to) {
    if (names.whereis(name).isEmpty()) {
      return register(name, to);
    }
    return names
        .transferAsync(name, from, to)
        .thenCompose(
            registration ->
                switch (registration) {
                  case Registration.Registered(_, Pid owner) -> done(verdict(owner, to));
                  case Registration.AlreadyRegistered(_, Pid owner) -> done(verdict(owner, to));
                  case Registration.NotAlive _ -> done(new Claim.Vacant());
                  case Registration.Refused _ -> register(name, to);
                  case Registration.Unknown _ -> done(new Claim.Unknown());
                });
  }

  private CompletableFuture<Claim> register(ProcessName name, Pid to) {
    return names
        .registerAsync(name, to, Map.of())
        .thenApply(
            registration ->
                switch (registration) {
                  case Registration.Registered _ -> new Claim.Won();
                  case Registration.AlreadyRegistered(_, Pid owner) -> verdict(owner, to);
                  case Registration.NotAlive _ -> new Claim.Vacant();
                  case Registration.Refused _, Registration.Unknown _ -> new Claim.Unknown();
                });
  }

  private static CompletableFuture<Claim> done(Claim claim) {
    return CompletableFuture.completedFuture(claim);
  }

  private static Claim verdict(Pid owner, Pid wanted) {
    return owner.equals(wanted) ? new Claim.Won() : new Claim.Lost(owner);
  }
}
