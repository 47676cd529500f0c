package io.roster.node.admin;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which gossip keys every member has; the components are the keys of the JSON. Ids alone: no secret
 * is ever in here. Immutable.
 *
 * @param key the key that something was done with, or empty
 * @param agreed whether every member that is up answered, did what it was told and has the same
 *     keys
 * @param nodes each member that is up
 * @param away members that are down and may come back with the keys of before
 */
public record KeyListing(String key, boolean agreed, List<NodeKeys> nodes, List<String> away) {

  /** Every key that some member has, sorted. */
  public SortedSet<String> ids() {
    return nodes.stream()
        .flatMap(node -> node.keys().stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * The keys of one member.
   *
   * @param node its name and incarnation
   * @param keys ids; the first one seals
   * @param kept whether they survive its restart, with the same one sealing
   * @param problem why it did not answer, or did not do what it was told; empty if all is well
   */
  public record NodeKeys(String node, List<String> keys, boolean kept, String problem) {

    /** Whether it said which keys it has. */
    public boolean answered() {
      return !keys.isEmpty();
    }
  }
}
