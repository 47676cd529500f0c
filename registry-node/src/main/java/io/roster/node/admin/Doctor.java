package io.roster.node.admin;

import io.roster.net.membership.ProtocolVersions;
import io.roster.node.admin.NodeView.Check;
import io.roster.node.admin.NodeView.MemberRow;
import io.roster.node.admin.NodeView.NameRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Proves the integrity of what nodes say, from their own words. Pure.
 *
 * <p>Of one node: no name whose owner is on a node that is gone (a ghost), no wished worker that
 * nobody runs (an orphan), gossip and Hazelcast agree, members that are up can speak with each
 * other, every check of readiness holds. Of several nodes: their replicas name the same owner for
 * each name.
 */
public final class Doctor {

  private static final int EXAMPLES_MAX = 5;
  private static final Comparator<ProtocolVersions> BY_VERSION =
      Comparator.comparingInt(ProtocolVersions::oldest).thenComparingInt(ProtocolVersions::newest);

  private Doctor() {}

  /**
   * What one node says at one moment.
   *
   * @param members all members
   * @param names its replica
   * @param workers the wishes that it knows
   * @param readiness its own checks
   */
  public record Answers(
      NodeView.Members members,
      List<NameRow> names,
      List<NodeView.WorkerRow> workers,
      NodeView.Readiness readiness) {

    /** Asks {@code view}. */
    public static Answers of(NodeView view) {
      return new Answers(view.members(), view.names(), view.workers(), view.readiness());
    }
  }

  /** The checks of one node. */
  public static List<Check> examine(Answers node) {
    var checks = new ArrayList<Check>();
    var up =
        node.members().members().stream()
            .filter(MemberRow::isUp)
            .map(member -> member.name() + "#" + member.incarnation())
            .collect(Collectors.toSet());
    checks.add(
        check(
            "no ghosts",
            node.names().stream()
                .filter(row -> up.stream().noneMatch(id -> row.pid().startsWith("<" + id + ".")))
                .map(NameRow::name)
                .toList(),
            "names whose owner is on a node that is gone"));
    checks.add(
        check(
            "no orphans",
            node.workers().stream()
                .filter(worker -> worker.node().isEmpty())
                .map(NodeView.WorkerRow::name)
                .toList(),
            "workers that should run and run nowhere"));
    checks.add(
        new Check(
            "views agree",
            node.members().viewsAgree(),
            node.members().viewsAgree()
                ? "gossip and Hazelcast name the same members"
                : "gossip and Hazelcast have disagreed for "
                    + node.members().viewsDisagreeMs()
                    + " ms"));
    checks.add(protocols(node.members().members().stream().filter(MemberRow::isUp).toList()));
    checks.addAll(node.readiness().checks());
    return List.copyOf(checks);
  }

  /** Whether the replicas of several nodes, by the nodes' names, are equal. */
  public static Check compare(Map<String, List<NameRow>> replicas) {
    var owners = new TreeMap<String, TreeSet<String>>();
    replicas.forEach(
        (node, rows) ->
            rows.forEach(
                row -> owners.computeIfAbsent(row.name(), _ -> new TreeSet<>()).add(row.pid())));
    var differing =
        owners.entrySet().stream()
            .filter(
                entry ->
                    entry.getValue().size() > 1
                        || replicas.values().stream()
                            .anyMatch(
                                rows ->
                                    rows.stream()
                                        .noneMatch(row -> row.name().equals(entry.getKey()))))
            .map(Map.Entry::getKey)
            .toList();
    return check(
        "replicas equal", differing, "names that not all of " + replicas.keySet() + " see alike");
  }

  /* What all speak is told too: during a rolling upgrade it shows how far that is. */
  private static Check protocols(List<MemberRow> up) {
    var spoken =
        up.stream()
            .collect(
                Collectors.groupingBy(
                    Doctor::protocols,
                    () -> new TreeMap<>(BY_VERSION),
                    Collectors.mapping(MemberRow::name, Collectors.toList())));
    var strangers = new ArrayList<String>();
    spoken.forEach(
        (older, some) ->
            spoken.tailMap(older).entrySet().stream()
                .filter(newer -> !older.meets(newer.getKey()))
                .forEach(
                    newer ->
                        strangers.add(
                            "%s of %s and %s of %s"
                                .formatted(
                                    older, some(some), newer.getKey(), some(newer.getValue())))));
    var check =
        check("protocols meet", strangers, "pairs of protocol versions that have none in common");
    var mixture =
        spoken.size() == 1
            ? "all speak " + spoken.firstKey()
            : spoken.entrySet().stream()
                .map(entry -> entry.getValue().size() + " speak " + entry.getKey())
                .collect(Collectors.joining(", "));
    return new Check(check.name(), check.ok(), check.detail() + "; " + mixture);
  }

  private static ProtocolVersions protocols(MemberRow member) {
    return new ProtocolVersions(member.protocolOldest(), member.protocolNewest());
  }

  private static String some(List<String> names) {
    return names.stream().limit(EXAMPLES_MAX).collect(Collectors.joining(", "))
        + (names.size() > EXAMPLES_MAX ? ", …" : "");
  }

  private static Check check(String name, List<String> wrong, String what) {
    if (wrong.isEmpty()) {
      return new Check(name, true, "0 " + what);
    }
    return new Check(name, false, wrong.size() + " " + what + ": " + some(wrong));
  }
}
