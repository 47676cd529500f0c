package io.roster.net.membership.udp;

import io.roster.core.identity.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which keys every member has, by id: the secrets are not in here. Immutable; its rules are pure.
 *
 * @param rows one for each member that is up, sorted by name
 * @param away members that failed or said goodbye: they may come back with the keys of before
 */
public record KeyTable(List<Row> rows, List<NodeId> away) {

  /**
   * The keys of one member.
   *
   * @param node whose
   * @param keys ids; the first one seals. Empty if it did not answer
   * @param kept whether they survive its restart
   * @param problem why it did not answer, or did not do what it was told; empty if all is well
   */
  public record Row(NodeId node, List<Integer> keys, boolean kept, String problem) {

    /** Copies. */
    public Row {
      keys = List.copyOf(keys);
    }

    /** Whether it said which keys it has. */
    public boolean answered() {
      return !keys.isEmpty();
    }

    boolean sealsWith(int key) {
      return answered() && keys.getFirst() == key;
    }
  }

  /** Copies. */
  public KeyTable {
    rows = List.copyOf(rows);
    away = List.copyOf(away);
  }

  /** Whether every member that is up answered, did what it was told and has the same keys. */
  public boolean agreed() {
    return rows.stream().allMatch(row -> row.problem().isEmpty() && row.answered())
        && rows.stream().map(row -> row.keys().getFirst()).distinct().count() <= 1
        && rows.stream().map(row -> row.keys().stream().sorted().toList()).distinct().count() <= 1;
  }

  /** Why nobody is told to seal with {@code key}; nothing if it may be. */
  Optional<String> againstUse(int key, boolean evenIfAway) {
    return silent("the key is there")
        .or(
            () ->
                named(
                        rows.stream()
                            .filter(row -> !row.keys().contains(key))
                            .map(Row::node)
                            .toList())
                    .map(
                        nodes ->
                            "expected a key that every member has, got: %s, which %s lack"
                                .formatted(GossipKey.text(key), nodes)))
        .or(() -> missing("may lack the key", evenIfAway));
  }

  /** Why nobody is told to drop {@code key}; nothing if it may be. */
  Optional<String> againstRemoval(int key, boolean evenIfAway) {
    if (rows.stream().noneMatch(row -> row.keys().contains(key))) {
      return Optional.of(
          "expected a key that a member has, got: %s".formatted(GossipKey.text(key)));
    }
    return silent("nothing is sealed with the key")
        .or(
            () ->
                named(rows.stream().filter(row -> row.sealsWith(key)).map(Row::node).toList())
                    .map(
                        nodes ->
                            "expected a key that nobody seals with, got: %s, which %s seal with"
                                .formatted(GossipKey.text(key), nodes)))
        .or(() -> missing("may need the key", evenIfAway));
  }

  /* Whoever comes back can open only what is sealed with a key of before. */
  private Optional<String> missing(String what, boolean evenIfAway) {
    return named(evenIfAway ? List.of() : away)
        .map(
            nodes ->
                "expected no member that %s when it comes back, got: %s".formatted(what, nodes));
  }

  private Optional<String> silent(String what) {
    return named(rows.stream().filter(row -> !row.answered()).map(Row::node).toList())
        .map(
            nodes ->
                "expected every member to say that %s, got no answer from %s"
                    .formatted(what, nodes));
  }

  private static Optional<String> named(List<NodeId> nodes) {
    var sorted = new ArrayList<>(nodes);
    sorted.sort(null);
    return sorted.isEmpty()
        ? Optional.empty()
        : Optional.of(sorted.stream().map(NodeId::toString).collect(Collectors.joining(", ")));
  }
}
