package io.roster.node.cli;

import io.roster.node.admin.KeyListing;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** How nodes whose gossip keys differ come to agree. Stateless. */
final class KeyAdvice {

  private KeyAdvice() {}

  /** What to do, a line for each reason; nothing if all agree. */
  static List<String> of(KeyListing keys) {
    if (keys.agreed()) {
      return List.of();
    }
    if (keys.nodes().stream().anyMatch(node -> !node.answered() || !node.problem().isEmpty())) {
      return List.of("give the order again when every node answers");
    }
    var advice = new ArrayList<String>();
    for (String id : keys.ids()) {
      var lacking = keys.nodes().stream().filter(node -> !node.keys().contains(id)).toList();
      boolean seals = keys.nodes().stream().anyMatch(node -> node.keys().getFirst().equals(id));
      if (!lacking.isEmpty()) {
        advice.add(
            "%s is lacking at %s: %s"
                .formatted(
                    id,
                    lacking.stream()
                        .map(KeyListing.NodeKeys::node)
                        .collect(Collectors.joining(", ")),
                    seals
                        ? "give it another node's file of keys and start it again"
                        : "remove it, and install another key while all are up"));
      }
    }
    if (advice.isEmpty()) {
      advice.add("they seal with different keys: use one of them");
    }
    return advice;
  }
}
