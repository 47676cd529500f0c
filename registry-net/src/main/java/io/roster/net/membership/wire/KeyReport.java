package io.roster.net.membership.wire;

import io.roster.core.identity.NodeId;
import java.util.List;

/**
 * The keyring of one node, by the ids of its keys. Immutable.
 *
 * @param from whose
 * @param keyIds the first one seals, all open
 * @param nextKeyIds the same of the keyring that the node would begin with again; empty if it would
 *     not begin
 * @param refusal why what was ordered was not done, or empty
 */
public record KeyReport(
    NodeId from, List<Integer> keyIds, List<Integer> nextKeyIds, String refusal) {

  /** Copies. */
  public KeyReport {
    keyIds = List.copyOf(keyIds);
    nextKeyIds = List.copyOf(nextKeyIds);
  }

  /** Whether the keyring survives a restart: all of it, with the same key first. */
  public boolean kept() {
    return kept(keyIds, nextKeyIds);
  }

  /** Whether {@code next} has all of {@code keys}, and the same first. */
  public static boolean kept(List<Integer> keys, List<Integer> next) {
    return !keys.isEmpty()
        && !next.isEmpty()
        && next.getFirst().equals(keys.getFirst())
        && next.containsAll(keys);
  }
}
