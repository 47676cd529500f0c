package io.roster.net.membership.udp;

import io.roster.net.membership.Member;
import io.roster.net.membership.wire.KeyCodec;
import io.roster.net.membership.wire.KeyOrder;
import io.roster.net.membership.wire.KeyOrder.Verb;
import io.roster.net.membership.wire.KeyReport;
import io.roster.net.membership.wire.MalformedGossip;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/* Orders go to each member over a sealed stream of its own, so that a key never travels in the open
 * and nobody without a key can give one. Nothing is done by halves on purpose: what could cut members
 * off is refused before the first one is told. What fails on the way leaves keys that all open, since a
 * member drops no key that it seals with, and the order can be given again.
 */

/**
 * Changes the gossip keys of a running cluster: install the new one, seal with it, remove the old.
 * Each step asks every member that is up and says what every one of them has then. Blocks for some
 * seconds where members do not answer. Thread-safe; one rotation at a time is the operator's care.
 */
public final class KeyRotation {

  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final GossipMembership membership;
  private final Keys own;
  private final SealedExchange exchange;

  KeyRotation(GossipMembership membership, Keys own, SealedExchange exchange) {
    this.membership = membership;
    this.own = own;
    this.exchange = exchange;
  }

  /** What is done although members will be shut out by it. */
  public enum Despite {
    /** Members that are down may come back with the keys of before. */
    AWAY,
    /** Members that are up would be back to the keys of before after a restart. */
    NOT_KEPT
  }

  /** What came of an order. */
  public sealed interface Outcome {}

  /** Everybody was told; the table says who did it. */
  public record Done(int key, KeyTable table) implements Outcome {}

  /** Nobody was told, because members would be cut off or the order makes no sense. */
  public record Refused(String reason) implements Outcome {}

  /** Which keys every member has. */
  public KeyTable list() {
    return tell(KeyOrder.of(Verb.LIST, 0));
  }

  /** Gives every member a key that opens from now on. */
  public Outcome install(GossipKey key) {
    try {
      var _ = own.ring().with(key);
    } catch (IllegalArgumentException e) {
      return new Refused(String.valueOf(e.getMessage()));
    }
    return new Done(key.id(), tell(new KeyOrder(Verb.INSTALL, key.id(), key.secret())));
  }

  /** Has every member seal with a key that all have, and would have after a restart. */
  public Outcome use(int key, Set<Despite> despite) {
    return unless(list().againstUse(key, despite), KeyOrder.of(Verb.USE, key));
  }

  /** Has every member drop a key that nobody seals with, or would after a restart. */
  public Outcome remove(int key, Set<Despite> despite) {
    return unless(list().againstRemoval(key, despite), KeyOrder.of(Verb.REMOVE, key));
  }

  private Outcome unless(Optional<String> refusal, KeyOrder order) {
    return refusal.<Outcome>map(Refused::new).orElseGet(() -> new Done(order.keyId(), tell(order)));
  }

  private KeyTable tell(KeyOrder order) {
    var members = membership.members();
    var up = members.stream().filter(Member::isUp).toList();
    // A goodbye is no promise to stay away: a node that is stopped for an hour says one too.
    var away = members.stream().filter(member -> !member.isUp()).map(Member::id).toList();
    try (var each =
        Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("keys@" + membership.self().id().name()).factory())) {
      var answers =
          up.stream()
              .map(member -> each.submit((Callable<KeyTable.Row>) () -> row(member, order)))
              .toList();
      return new KeyTable(answers.stream().map(KeyRotation::get).toList(), away);
    }
  }

  private KeyTable.Row row(Member member, KeyOrder order) {
    try {
      var report =
          member.id().equals(membership.self().id()) ? own.perform(order) : ask(member, order);
      var stranger = report.from().equals(member.id()) ? "" : "answered as " + report.from();
      return new KeyTable.Row(
          member.id(),
          report.keyIds(),
          report.nextKeyIds(),
          report.refusal().isEmpty() ? stranger : report.refusal());
    } catch (IOException | MalformedGossip e) {
      return new KeyTable.Row(member.id(), List.of(), List.of(), String.valueOf(e.getMessage()));
    }
  }

  private KeyReport ask(Member member, KeyOrder order) throws IOException, MalformedGossip {
    return KeyCodec.report(exchange.ask(member.gossipAddress(), KeyCodec.encode(order), PATIENCE));
  }

  private static KeyTable.Row get(Future<KeyTable.Row> answer) {
    try {
      return answer.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("expected the answers about keys, got: interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("expected an answer about keys, got: " + e.getCause(), e);
    }
  }
}
