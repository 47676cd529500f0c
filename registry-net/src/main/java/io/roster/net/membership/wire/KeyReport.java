package io.roster.net.membership.wire;

import io.roster.core.identity.NodeId;
import java.util.List;

/**
 * The keyring of one node, by the ids of its keys. Immutable.
 *
 * @param from whose
 * @param keyIds the first one seals, all open
 * @param kept whether it survives a restart on disk
 * @param refusal why what was ordered was not done, or empty
 */
public record KeyReport(NodeId from, List<Integer> keyIds, boolean kept, String refusal) {

  /** Copies. */
  public KeyReport {
    keyIds = List.copyOf(keyIds);
  }
}
