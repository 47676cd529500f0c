package io.roster.node;

import io.roster.core.identity.NodeName;
import io.roster.core.identity.Pid;
import io.roster.core.identity.ProcessName;
import io.roster.core.process.ProcessInfo;
import io.roster.net.membership.Member;
import io.roster.net.membership.udp.GossipPulse;
import io.roster.node.admin.NodeView;
import io.roster.node.fleet.MoveView;
import io.roster.node.fleet.WorkerView;
import io.roster.node.names.Conflict;
import io.roster.node.names.claim.Claim;
import java.net.InetSocketAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads a running node for its operators. Thread-safe. */
final class LiveView implements NodeView {

  private final NodeParts parts;
  private final NodeReadiness readiness;

  LiveView(NodeParts parts, NodeReadiness readiness) {
    this.parts = parts;
    this.readiness = readiness;
  }

  @Override
  public Readiness readiness() {
    return readiness.now();
  }

  @Override
  public Members members() {
    var self = parts.system().node();
    var inArbiter = Set.copyOf(parts.arbiter().members());
    var pulse = parts.membership().pulse();
    var known = parts.membership().members();
    var rows =
        Stream.concat(
                known.stream().map(member -> row(member, inArbiter, pulse)),
                StrangeMembers.of(known, inArbiter).stream()
                    .map(
                        id ->
                            MemberRow.unknown(
                                id.name().value(),
                                id.incarnation(),
                                parts.transport().peers().contains(id))))
            .sorted(Comparator.comparing(MemberRow::name).thenComparingLong(MemberRow::incarnation))
            .toList();
    var differing = parts.arbiter().disagreement();
    return new Members(
        self.name().value(),
        self.incarnation(),
        rows,
        differing.isZero(),
        differing.toMillis(),
        parts.arbiter().rebuilds(),
        pulse.localHealth());
  }

  @Override
  public List<NameRow> names() {
    return parts.names().claims().stream()
        .sorted(Comparator.comparing(Claim::name))
        .map(LiveView::row)
        .toList();
  }

  @Override
  public Optional<NameRow> name(String name) {
    return parts.names().claim(new ProcessName(name)).map(LiveView::row);
  }

  @Override
  public List<WorkerRow> workers() {
    return parts.fleet().workers().stream().map(LiveView::row).toList();
  }

  @Override
  public List<MoveRow> moves() {
    return parts.fleet().moves().stream().map(LiveView::row).toList();
  }

  @Override
  public List<ConflictRow> conflicts() {
    return parts.names().conflicts().reversed().stream().map(this::row).toList();
  }

  @Override
  public List<ProcessRow> processes(int limit) {
    var system = parts.system();
    return system.processes().stream()
        .limit(limit)
        .flatMap(pid -> system.info(pid).stream())
        .map(LiveView::row)
        .toList();
  }

  private MemberRow row(Member member, Set<String> inArbiter, GossipPulse pulse) {
    var id = member.id();
    var metadata = member.metadata();
    boolean isSelf = id.equals(parts.system().node());
    return new MemberRow(
        id.name().value(),
        id.incarnation(),
        member.state().name().toLowerCase(Locale.ROOT),
        member.version(),
        pulse.roundTrip(id.name()).map(time -> time.toNanos() / 1_000).orElse(-1L),
        text(member.gossipAddress()),
        metadata.linkAddress().map(LiveView::text).orElse(""),
        isSelf || parts.transport().peers().contains(id),
        metadata.arbiterAddress().map(LiveView::text).orElse(""),
        inArbiter.contains(id.toString()),
        metadata.arbiterReady(),
        metadata.leaving(),
        metadata.weight(),
        List.copyOf(metadata.roles()),
        metadata.protocols().oldest(),
        metadata.protocols().newest(),
        metadata.load());
  }

  private static NameRow row(Claim claim) {
    return new NameRow(
        claim.name().value(),
        claim.owner().nodeName().value(),
        claim.owner().toString(),
        claim.epoch());
  }

  private static WorkerRow row(WorkerView worker) {
    return new WorkerRow(
        worker.name().value(),
        worker.workerType(),
        worker.belongsOn().map(NodeName::value).orElse(""),
        worker.pid().map(pid -> pid.nodeName().value()).orElse(""),
        worker.pid().map(Pid::toString).orElse(""));
  }

  private static MoveRow row(MoveView move) {
    return new MoveRow(
        move.name().value(),
        move.from().value(),
        move.to().value(),
        move.phase(),
        move.isOver(),
        move.age().toMillis());
  }

  private ConflictRow row(Conflict conflict) {
    return new ConflictRow(
        conflict.name().value(),
        conflict.winner().owner().toString(),
        List.of(conflict.loser().owner().toString()),
        parts.names().options().resolver().toString(),
        conflict.winner().epoch(),
        conflict.atMillis());
  }

  private static ProcessRow row(ProcessInfo info) {
    return new ProcessRow(
        info.pid().toString(),
        String.join(", ", info.names().stream().map(ProcessName::value).toList()),
        info.label(),
        info.status().name().toLowerCase(Locale.ROOT),
        info.mailboxLength(),
        info.handled());
  }

  private static String text(InetSocketAddress address) {
    var host =
        address.isUnresolved() ? address.getHostString() : address.getAddress().getHostAddress();
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + address.getPort();
  }
}
