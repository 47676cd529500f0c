package io.roster.net.membership.udp;

import io.roster.core.identity.NodeId;
import io.roster.net.membership.udp.KeyRotation.Despite;
import io.roster.net.membership.wire.KeyReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
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
   * @param next the same of those that it would begin with again; empty if none are known
   * @param problem why it did not answer, or did not do what it was told; empty if all is well
   */
  public record Row(NodeId node, List<Integer> keys, List<Integer> next, String problem) {

    /** Copies. */
    public Row {
      keys = List.copyOf(keys);
      next = List.copyOf(next);
    }

    /** Whether it said which keys it has. */
    public boolean answered() {
      return !keys.isEmpty();
    }

    /** Whether they survive its restart, with the same one sealing. */
    public boolean kept() {
      return KeyReport.kept(keys, next);
    }

    private boolean sealsWith(int key) {
      return first(keys, key);
    }

    private boolean willSealWith(int key) {
      return first(next, key);
    }

    private static boolean first(List<Integer> keys, int key) {
      return !keys.isEmpty() && keys.getFirst() == key;
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
  Optional<String> againstUse(int key, Set<Despite> despite) {
    return silent("the key is there")
        .or(
            () ->
                those(row -> !row.keys().contains(key))
                    .map(
                        nodes ->
                            "expected a key that every member has, got: %s, lacking at %s"
                                .formatted(GossipKey.text(key), nodes)))
        .or(
            () ->
                lost(row -> !row.next().contains(key), despite)
                    .map(
                        nodes ->
                            "expected a key that every member would have again after a restart (even-if-not-kept goes on without), got: %s, lacking then at %s"
                                .formatted(GossipKey.text(key), nodes)))
        .or(() -> missing("may lack the key", despite));
  }

  /** Why nobody is told to drop {@code key}; nothing if it may be. */
  Optional<String> againstRemoval(int key, Set<Despite> despite) {
    if (rows.stream().noneMatch(row -> row.keys().contains(key))) {
      return Optional.of(
          "expected a key that a member has, got: %s".formatted(GossipKey.text(key)));
    }
    return silent("nothing is sealed with the key")
        .or(
            () ->
                those(row -> row.sealsWith(key))
                    .map(
                        nodes ->
                            "expected a key that nobody seals with, got: %s, sealing at %s"
                                .formatted(GossipKey.text(key), nodes)))
        .or(
            () ->
                lost(row -> row.willSealWith(key), despite)
                    .map(
                        nodes ->
                            "expected a key that nobody would seal with again after a restart (even-if-not-kept goes on without), got: %s, sealing then at %s"
                                .formatted(GossipKey.text(key), nodes)))
        .or(() -> missing("may need the key", despite));
  }

  /* Whoever comes back can open only what is sealed with a key of before. */
  private Optional<String> missing(String what, Set<Despite> despite) {
    return named(despite.contains(Despite.AWAY) ? List.of() : away)
        .map(
            nodes ->
                "expected no member that %s when it comes back (even-if-away shuts it out), got: %s"
                    .formatted(what, nodes));
  }

  private Optional<String> lost(Predicate<Row> what, Set<Despite> despite) {
    return despite.contains(Despite.NOT_KEPT) ? Optional.empty() : those(what);
  }

  private Optional<String> those(Predicate<Row> what) {
    return named(rows.stream().filter(what).map(Row::node).toList());
  }

  private Optional<String> silent(String what) {
    return those(row -> !row.answered())
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
