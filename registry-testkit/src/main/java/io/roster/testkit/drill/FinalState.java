package io.roster.testkit.drill;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What the nodes say at the end. Immutable.
 *
 * @param replicas for each node the owner's pid of each name, as its own replica has it
 * @param alive the claims whose process lives and holds its name, by its own node's word
 */
public record FinalState(Map<Integer, Map<String, String>> replicas, Set<Integer> alive) {

  /** Copies both. */
  public FinalState {
    var copy = new LinkedHashMap<Integer, Map<String, String>>();
    replicas.forEach((node, replica) -> copy.put(node, Map.copyOf(replica)));
    replicas = Collections.unmodifiableMap(copy);
    alive = Set.copyOf(alive);
  }

  /** Whether every node's replica is the same. */
  public boolean replicasEqual() {
    return replicas.values().stream().distinct().count() <= 1;
  }
}
