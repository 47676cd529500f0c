package io.roster.net.membership.swim;

import io.roster.core.identity.NodeName;
import io.roster.net.membership.Member;
import io.roster.net.membership.MemberState;
import io.roster.net.membership.swim.StreamMessage.Known;
import io.roster.net.membership.swim.StreamMessage.Row;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Compares whole views over streams: digests first, then identities and versions, then what
 * differs.
 */
final class Sync {

  private static final int SYNCS_MAX = 4;

  private final Context context;
  private final View view;
  private final Streams streams;
  private boolean isSettling;
  private long metAtNanos;

  Sync(Context context, View view, Streams streams) {
    this.context = context;
    this.view = view;
    this.streams = streams;
  }

  /** Begins a comparison, unless enough are under way. */
  void with(InetSocketAddress peer) {
    open(peer, new StreamMessage.Compare(context.own(), context.table.digest()));
  }

  /**
   * The next member by chance. Large clusters compare less often: a comparison costs more there and
   * gossip misses no more.
   */
  void next() {
    double factor = Math.max(1, Math.ceil(Math.log(context.table.upCount()) / Math.log(2) - 5) + 1);
    context.afterAbout(
        Duration.ofNanos((long) (context.options.pushPull().interval().toNanos() * factor)),
        new Agenda.Alarm.SyncNow());
    withAnybody();
  }

  /**
   * Compares once more when nobody has been met for a while: of much news that come at once, as
   * when a split heals, somebody may miss one, and the next comparison is far away in a large
   * cluster. While members keep coming news are always under way and views never equal, so the
   * usual comparisons have to do.
   */
  void afterMeeting() {
    metAtNanos = context.nowNanos;
    var settling = context.options.pushPull().settling();
    if (!isSettling && settling.isPositive()) {
      isSettling = true;
      context.after(settling, new Agenda.Alarm.SyncSettled());
    }
  }

  void settled() {
    long left = metAtNanos + context.options.pushPull().settling().toNanos() - context.nowNanos;
    if (left > 0) {
      context.after(Duration.ofNanos(left), new Agenda.Alarm.SyncSettled());
    } else {
      isSettling = false;
      withAnybody();
    }
  }

  private void withAnybody() {
    context.table.pick(1, member -> member.state() == MemberState.ALIVE).stream()
        .map(Member::gossipAddress)
        .forEach(this::with);
  }

  /** Asks a peer what it holds of one name; views can be equal but for an address. */
  void about(NodeName name, InetSocketAddress peer) {
    open(peer, new StreamMessage.WhoIs(name));
  }

  private void open(InetSocketAddress peer, StreamMessage first) {
    if (streams.syncs() < SYNCS_MAX
        && !streams.syncing(peer)
        && !peer.equals(context.own().gossipAddress())
        && !context.leaving) {
      streams.open(new Streams.ForSync(peer), peer, first);
    }
  }

  /** A peer begins a comparison. */
  void compare(long stream, StreamMessage.Compare message) {
    if (message.self().id().equals(context.self)
        && message.self().gossipAddress().equals(context.own().gossipAddress())) {
      context.emit(new Effect.Close(stream));
      return;
    }
    var twin = twinBefore(message.self());
    if (twin.isPresent()) {
      // Of the same start and version: no digest and no version tells it so.
      var row = List.of(known(twin.get()));
      context.emit(
          new Effect.Say(stream, new StreamMessage.Rows(context.self, row, List.of()), true));
      return;
    }
    if (message.digest().equals(context.table.digest())) {
      context.emit(new Effect.Say(stream, new StreamMessage.Same(), true));
    } else {
      var rows = new ArrayList<Row>(context.table.size());
      context.table.forEach(
          member -> rows.add(new Row(member.id(), member.state(), member.version())));
      context.emit(new Effect.Say(stream, new StreamMessage.Versions(context.self, rows), false));
    }
    view.told(message.self(), 0);
  }

  /** Another process with the peer's name and incarnation that goes before it, if one is up. */
  private Optional<Member> twinBefore(Member peer) {
    return context
        .table
        .get(peer.id().name())
        .filter(held -> held.id().equals(peer.id()) && held.isUp())
        .filter(held -> Precedence.goesBefore(held, peer));
  }

  /** The peer has sent what it knows: send what it lacks, and ask for what is lacking here. */
  void versions(long stream, StreamMessage.Versions message) {
    Map<NodeName, Row> theirs = new HashMap<>(message.rows().size() * 2);
    var wants = new LinkedHashSet<NodeName>();
    // Whoever names more than can be remembered is asked for no more than that.
    int wantsMax = context.options.reconnect().membersMax();
    for (Row row : message.rows()) {
      theirs.put(row.id().name(), row);
      var held = context.table.get(row.id().name());
      boolean newer = held.isEmpty() || Precedence.compare(held.get(), row) < 0;
      if (newer && wants.size() < wantsMax) {
        wants.add(row.id().name());
      }
    }
    var rows = new ArrayList<Known>();
    context.table.forEach(
        member -> {
          var row = theirs.get(member.id().name());
          if (row == null || Precedence.compare(member, row) > 0) {
            rows.add(known(member));
          }
        });
    context.emit(
        new Effect.Say(
            stream, new StreamMessage.Rows(context.self, rows, List.copyOf(wants)), false));
  }

  /** Rows that this node lacks, and a wish for rows that the peer lacks. */
  void rows(long stream, StreamMessage.Rows message) {
    if (stream < 0) {
      var wanted = new ArrayList<Known>();
      // One wish for a name is as good as a million.
      for (NodeName name : new LinkedHashSet<>(message.wants())) {
        context.table.get(name).ifPresent(member -> wanted.add(known(member)));
      }
      context.emit(
          new Effect.Say(stream, new StreamMessage.Rows(context.self, wanted, List.of()), true));
    } else {
      streams.close(stream);
    }
    for (Known known : message.rows()) {
      view.told(known.member(), known.downMillis());
    }
  }

  /** Somebody who is about to start asks for the latest start of a name. */
  void whoIs(long stream, NodeName name) {
    context.emit(
        new Effect.Say(
            stream,
            new StreamMessage.ThisIs(context.table.get(name).map(List::of).orElse(List.of())),
            true));
  }

  /** The peer has said what it holds of the name that it was asked for. */
  void thisIs(long stream, StreamMessage.ThisIs message) {
    boolean asked = streams.purpose(stream).isPresent();
    streams.close(stream);
    if (asked) {
      message.latest().forEach(member -> view.told(member, 0));
    }
  }

  private Known known(Member member) {
    long since = context.table.downSinceNanos().getOrDefault(member.id().name(), context.nowNanos);
    return new Known(member, Math.max(0, (context.nowNanos - since) / 1_000_000));
  }
}
