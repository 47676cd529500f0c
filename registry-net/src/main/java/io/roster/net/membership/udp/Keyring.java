package io.roster.net.membership.udp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The keys that a node accepts; the first one seals what it sends. Immutable.
 *
 * <p>To change the key of a running cluster: add the new one second everywhere, make it the first
 * everywhere, then drop the old one everywhere. Nothing is lost between these steps.
 *
 * @param keys one or more, all different; none means that nothing is sealed, see {@link #insecure}
 */
public record Keyring(List<GossipKey> keys) {

  private static final int KEYS_MAX = 8;

  /** Checks the count. */
  public Keyring {
    keys = List.copyOf(keys);
    if (keys.size() > KEYS_MAX
        || keys.stream().map(GossipKey::id).distinct().count() != keys.size()) {
      throw new IllegalArgumentException(
          "expected at most " + KEYS_MAX + " different gossip keys, got: " + keys);
    }
  }

  /** Keys of which the first one seals. */
  public static Keyring of(GossipKey first, GossipKey... others) {
    var keys = new ArrayList<GossipKey>();
    keys.add(first);
    keys.addAll(List.of(others));
    return new Keyring(keys);
  }

  /**
   * The keys that lines of a file tell: one in Base64 in each that is not blank.
   *
   * @throws IllegalArgumentException if they are none, too many or malformed; it shows no key
   */
  public static Keyring parse(List<String> lines) {
    var keys = lines.stream().filter(line -> !line.isBlank()).map(GossipKey::parse).toList();
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("expected one gossip key or more, got: none");
    }
    return new Keyring(keys);
  }

  /** One key, derived from a cookie that all nodes of a cluster share. */
  public static Keyring fromPassphrase(String passphrase, String cluster) {
    return of(GossipKey.fromPassphrase(passphrase, cluster));
  }

  /** No key: anybody on this machine can take part. For development on loopback alone. */
  public static Keyring insecure() {
    return new Keyring(List.of());
  }

  /** Whether nothing is sealed. */
  public boolean isInsecure() {
    return keys.isEmpty();
  }

  /** The key that seals. */
  GossipKey first() {
    return keys.getFirst();
  }

  /** The ids of the keys, the first one's first. */
  public List<Integer> ids() {
    return keys.stream().map(GossipKey::id).toList();
  }

  /**
   * The same with {@code key} last; the same if it is there already.
   *
   * @throws IllegalArgumentException if the ring is full, or open to everybody
   */
  public Keyring with(GossipKey key) {
    if (isInsecure()) {
      throw new IllegalArgumentException(
          "expected a cluster that has keys, got one that is open to everybody on loopback");
    }
    if (keys.contains(key)) {
      return this;
    }
    var next = new ArrayList<>(keys);
    next.add(key);
    return new Keyring(next);
  }

  /**
   * The same sealing with the key called {@code id}.
   *
   * @throws IllegalArgumentException if it is not there
   */
  public Keyring sealingWith(int id) {
    var first =
        byId(id)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "expected a key that is installed, got: " + GossipKey.text(id)));
    var next = new ArrayList<GossipKey>();
    next.add(first);
    keys.stream().filter(key -> key.id() != id).forEach(next::add);
    return new Keyring(next);
  }

  /**
   * The same without the key called {@code id}; the same if it is not there.
   *
   * @throws IllegalArgumentException if it is the one that seals
   */
  public Keyring without(int id) {
    if (!isInsecure() && first().id() == id) {
      throw new IllegalArgumentException(
          "expected a key that this node does not seal with, got: " + GossipKey.text(id));
    }
    return new Keyring(keys.stream().filter(key -> key.id() != id).toList());
  }

  /** The key called {@code id}. */
  Optional<GossipKey> byId(int id) {
    return keys.stream().filter(key -> key.id() == id).findFirst();
  }
}
