package io.roster.net.membership.udp;

import io.roster.core.identity.NodeId;
import io.roster.net.membership.wire.KeyOrder;
import io.roster.net.membership.wire.KeyReport;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keyring of one node while it runs. Whatever changes it is on disk first, where there is one,
 * so that a restart does not shut the node out; what cannot be written does not change it.
 * Thread-safe; changes may wait for the disk.
 */
final class Keys {

  private static final Logger LOG = LoggerFactory.getLogger(Keys.class);

  private final NodeId self;
  private final Optional<NodeMemory> memory;
  private final Supplier<Keyring> given;
  private volatile Keyring ring;

  /**
   * @param ring the keys to begin with
   * @param memory where changes are kept
   * @param given the keys that the next start would be given, which those in {@code memory} go
   *     before
   */
  Keys(NodeId self, Keyring ring, Optional<NodeMemory> memory, Supplier<Keyring> given) {
    this.self = self;
    this.ring = ring;
    this.memory = memory;
    this.given = given;
  }

  /** The keys in use. */
  Keyring ring() {
    return ring;
  }

  /**
   * Takes these keys in place of the others.
   *
   * @throws IllegalArgumentException if they do not fit the others
   * @throws IllegalStateException if they cannot be written where they would survive a restart
   */
  synchronized void rotate(Keyring next) {
    if (next.isInsecure() != ring.isInsecure()) {
      throw new IllegalArgumentException(
          "expected a keyring that is " + (ring.isInsecure() ? "empty" : "not empty"));
    }
    if (!next.equals(ring)) {
      if (memory.isPresent() && !memory.get().saveKeyring(next)) {
        throw new IllegalStateException(
            "expected a data directory that keys can be written to, got: an error, see the log");
      }
      ring = next;
    }
  }

  /** Does what another node, or this node's operator, wants; a refusal changes nothing. */
  synchronized KeyReport perform(KeyOrder order) {
    try {
      switch (order.verb()) {
        case LIST -> {}
        case INSTALL -> rotate(ring.with(GossipKey.of(order.secret())));
        case USE -> rotate(ring.sealingWith(order.keyId()));
        case REMOVE -> rotate(ring.without(order.keyId()));
      }
    } catch (IllegalArgumentException | IllegalStateException e) {
      LOG.warn("{}: {} is refused: {}", self, order, e.getMessage());
      return report(String.valueOf(e.getMessage()));
    }
    if (order.verb() != KeyOrder.Verb.LIST) {
      LOG.info("{}: {}, keys are now {}", self, order, ring.keys());
    }
    return report("");
  }

  private KeyReport report(String refusal) {
    return new KeyReport(self, ring.ids(), next(), refusal);
  }

  private List<Integer> next() {
    try {
      return memory.flatMap(NodeMemory::keyring).orElseGet(given).ids();
    } catch (IllegalArgumentException | IllegalStateException e) {
      LOG.warn("{}: expected keys for the next start, got: {}", self, e.getMessage());
      return List.of();
    }
  }
}
