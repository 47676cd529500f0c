package io.roster.node.names.protocol;

import io.roster.core.identity.NodeId;
import io.roster.core.identity.ProcessName;
import io.roster.node.names.claim.Claim;
import io.roster.node.names.claim.RegistrationId;
import io.roster.node.names.claim.Resolver;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * Who holds what: this node's own claims, the copies of the others', and the claim that stands for
 * each name. Every change goes through here, so that lookups always show the claim that stands.
 * Confined to its {@link NameTable}.
 */
final class Holdings {

  final NodeId self;
  final OwnStream own = new OwnStream();
  final Peers peers;
  final Contenders contenders;
  final Outbox outbox = new Outbox();

  /** Names whose claims have changed since somebody looked whether they are in dispute. */
  final Set<ProcessName> touched = new LinkedHashSet<>();

  private long registrations;

  /** The time of the present step. */
  long nowNanos;

  Holdings(NodeId self, Resolver resolver) {
    this.self = self;
    this.peers = new Peers(self);
    this.contenders = new Contenders(resolver);
  }

  RegistrationId nextId() {
    return new RegistrationId(self, ++registrations);
  }

  void hold(Claim claim) {
    var before = contenders.winner(claim.name());
    own.hold(claim);
    contenders.add(claim, nowNanos);
    publish(claim.name(), before);
  }

  void drop(Claim claim) {
    var before = contenders.winner(claim.name());
    own.drop(claim);
    contenders.remove(claim);
    publish(claim.name(), before);
  }

  void lose(Claim lost, Claim winner) {
    var before = contenders.winner(lost.name());
    own.lose(lost, winner);
    contenders.remove(lost);
    publish(lost.name(), before);
    outbox.effect(new Effect.Settled(lost, winner));
    outbox.afterwards(new Effect.Displace(lost, winner));
  }

  void heardOf(Claim claim) {
    var before = contenders.winner(claim.name());
    contenders.add(claim, nowNanos);
    publish(claim.name(), before);
  }

  void heardTheEndOf(Claim claim) {
    var before = contenders.winner(claim.name());
    contenders.remove(claim);
    publish(claim.name(), before);
  }

  /** Claims that outlived their successors for long are their nodes' truth after all. */
  void forgetReplaced() {
    forget((_, untilNanos) -> nowNanos - untilNanos >= 0);
  }

  /** What a node that came back holds is its own to say. */
  void forgetReplaced(NodeId node) {
    forget((id, _) -> id.node().equals(node));
  }

  private void forget(BiPredicate<RegistrationId, Long> chosen) {
    var names = contenders.replaced(chosen);
    var before = names.stream().map(contenders::winner).toList();
    contenders.forgetReplaced(chosen);
    for (int i = 0; i < names.size(); i++) {
      publish(names.get(i), before.get(i));
    }
  }

  private void publish(ProcessName name, Optional<Claim> before) {
    touched.add(name);
    var now = contenders.winner(name);
    if (!before.equals(now)) {
      outbox.effect(new Effect.Publish(name, before, now));
    }
  }
}
