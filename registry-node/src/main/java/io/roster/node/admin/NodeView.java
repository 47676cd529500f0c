package io.roster.node.admin;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What operators may know of a node; the records' components are the keys of the JSON. Thread-safe;
 * nothing here waits for another node.
 */
public interface NodeView {

  /** Whether the node can do its work now. */
  Readiness readiness();

  /** All members, as gossip, the links and Hazelcast see them. */
  Members members();

  /** All global names of this node's replica, by name. */
  List<NameRow> names();

  /** One global name. */
  Optional<NameRow> name(String name);

  /** All workers that should run, by name, with where they run as far as this node knows. */
  List<WorkerRow> workers();

  /** The latest moves of workers that this node took part in, newest first. */
  List<MoveRow> moves();

  /** The latest name conflicts that this node knows of, newest first. */
  List<ConflictRow> conflicts();

  /** The processes of this node, at most {@code limit}. */
  List<ProcessRow> processes(int limit);

  /**
   * Whether the node can do its work.
   *
   * @param ready true if all checks hold
   * @param checks each by itself
   */
  record Readiness(boolean ready, List<Check> checks) {

    /** Ready if every check holds. */
    public static Readiness of(List<Check> checks) {
      return new Readiness(checks.stream().allMatch(Check::ok), List.copyOf(checks));
    }

    /** The checks that fail, for people. */
    public String failing() {
      return checks.stream()
          .filter(check -> !check.ok())
          .map(check -> check.name() + ": " + check.detail())
          .collect(Collectors.joining("; "));
    }
  }

  /**
   * One condition of readiness.
   *
   * @param name what is checked
   * @param ok whether it holds
   * @param detail what was seen
   */
  record Check(String name, boolean ok, String detail) {}

  /**
   * All members.
   *
   * @param node who answers
   * @param incarnation which start of it
   * @param members sorted by name
   * @param viewsAgree whether gossip and Hazelcast name the same members
   * @param viewsDisagreeMs for how long they have not, zero while they do
   * @param arbiterRebuilds how often this node has started its Hazelcast member again to end that
   * @param localHealth how much this node's gossip doubts itself: zero is healthy
   */
  record Members(
      String node,
      long incarnation,
      List<MemberRow> members,
      boolean viewsAgree,
      long viewsDisagreeMs,
      long arbiterRebuilds,
      int localHealth) {}

  /**
   * One member.
   *
   * @param name its name
   * @param incarnation which start of it
   * @param state alive, suspect, dead or left, by gossip; or {@link #UNKNOWN}
   * @param version what it raised to refute a suspicion or to change what it says of itself
   * @param roundTripMicros the smoothed round trip of gossip's probes, or -1 if there was none
   * @param gossip its gossip address
   * @param link where it takes links, or empty
   * @param linked whether this node has a link to it; true for itself
   * @param arbiter where its Hazelcast member listens, or empty
   * @param inArbiter whether Hazelcast sees it
   * @param arbiterReady whether it says that its Hazelcast member has joined
   * @param leaving whether it is handing its workers over
   * @param weight its share of the workers
   * @param roles what it is for
   * @param protocolOldest the oldest version of the link protocol that it speaks
   * @param protocolNewest the newest one
   * @param load how many quarters of its machine's processor time are in use, from 0 to 4
   */
  record MemberRow(
      String name,
      long incarnation,
      String state,
      long version,
      long roundTripMicros,
      String gossip,
      String link,
      boolean linked,
      String arbiter,
      boolean inArbiter,
      boolean arbiterReady,
      boolean leaving,
      int weight,
      List<String> roles,
      int protocolOldest,
      int protocolNewest,
      int load) {

    /** The state of a start that Hazelcast counts as a member and gossip does not know. */
    public static final String UNKNOWN = "unknown";

    /** A start of which Hazelcast alone knows, and nothing but who it is. */
    public static MemberRow unknown(String name, long incarnation, boolean linked) {
      return new MemberRow(
          name,
          incarnation,
          UNKNOWN,
          0,
          -1,
          "",
          "",
          linked,
          "",
          true,
          false,
          false,
          0,
          List.of(),
          1,
          1,
          0);
    }

    /** Whether gossip counts it as up. */
    public boolean isUp() {
      return state.equals("alive") || state.equals("suspect");
    }
  }

  /**
   * One global name.
   *
   * @param name the name
   * @param node where its owner runs
   * @param pid its owner
   * @param epoch the number of this ownership
   */
  record NameRow(String name, String node, String pid, long epoch) {}

  /**
   * One worker that should run.
   *
   * @param name its global name
   * @param type the alias of its type
   * @param home where the ring wants it
   * @param node where it runs, or empty
   * @param pid its process, or empty
   */
  record WorkerRow(String name, String type, String home, String node, String pid) {}

  /**
   * A move of a worker.
   *
   * @param name the worker
   * @param from the node it left
   * @param to the node it went to
   * @param phase how far it is, or how it ended
   * @param over whether it ended
   * @param tookMs how long it took, or has been going on
   */
  record MoveRow(String name, String from, String to, String phase, boolean over, long tookMs) {}

  /**
   * A conflict of names.
   *
   * @param name the name
   * @param winner who keeps it
   * @param losers who gave way
   * @param resolver who decided
   * @param epoch the number of the winner's ownership from then on
   * @param atMs when, in milliseconds since 1970
   */
  record ConflictRow(
      String name, String winner, List<String> losers, String resolver, long epoch, long atMs) {}

  /**
   * A process of this node.
   *
   * @param pid who
   * @param name its registered name, or empty
   * @param kind what it is
   * @param status what it does
   * @param mailbox how many messages wait
   * @param handled how many it has handled
   */
  record ProcessRow(
      String pid, String name, String kind, String status, long mailbox, long handled) {}
}
