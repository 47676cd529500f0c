package io.roster.net.transport.netty;

import io.netty.util.concurrent.ScheduledFuture;
import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the table knows of one peer's name. Confined to the table's thread. */
final class PeerSlot {

  private final NodeName name;
  private @Nullable Wanted wanted;

  /** The link there is; it stays here while it is closing. */
  private @Nullable Link link;

  private @Nullable ScheduledFuture<?> redial;
  private @Nullable String lastFailure;

  /** The last link that ended; zero if none. */
  private long lostLink;

  /** The latest start that was linked or is wanted. */
  private long incarnationMax;

  private int failures;

  /** What waits for the closing link's end. */
  private List<Runnable> unsettled = new ArrayList<>();

  PeerSlot(NodeName name) {
    this.name = name;
  }

  NodeName name() {
    return name;
  }

  Optional<Wanted> wanted() {
    return Optional.ofNullable(wanted);
  }

  /** Notes the wish; false if it changes nothing or names a start that is past. */
  boolean want(NodeId peer, InetSocketAddress address) {
    var wish = new Wanted(peer, address);
    if (isStale(peer) || wish.equals(wanted)) {
      return false;
    }
    wanted = wish;
    incarnationMax = peer.incarnation();
    failures = 0;
    return true;
  }

  void forget(long incarnationMax) {
    if (wanted != null && wanted.peer().incarnation() <= incarnationMax) {
      wanted = null;
      cancelRedial();
    }
  }

  boolean isStale(NodeId peer) {
    return peer.incarnation() < incarnationMax;
  }

  /** The link that is in the making, up or closing. */
  Optional<Link> link() {
    return Optional.ofNullable(link);
  }

  void begin(Link begun) {
    if (link != null) {
      throw new IllegalStateException("invariant: one link per peer, there is " + link);
    }
    cancelRedial();
    link = begun;
  }

  void wentUp(Link risen) {
    failures = 0;
    lastFailure = null;
    incarnationMax = Math.max(incarnationMax, risen.peer().incarnation());
  }

  void ended(Link gone, boolean wasUp) {
    link = null;
    lostLink = gone.id();
    if (!wasUp) {
      failures++;
    }
    var waiting = unsettled;
    unsettled = new ArrayList<>();
    waiting.forEach(Runnable::run);
  }

  /** Runs {@code task} now, or when the link that is closing has ended. */
  void whenSettled(Runnable task) {
    if (isSettled() || link == null || link.state() != Link.State.CLOSING) {
      task.run();
    } else {
      unsettled.add(task);
    }
  }

  /** Whether there is no link, not even a closing one. */
  boolean isSettled() {
    return link == null;
  }

  boolean isIdle() {
    return link == null && wanted == null && unsettled.isEmpty();
  }

  Optional<Long> lostLink() {
    return Optional.of(lostLink).filter(id -> id != 0);
  }

  int failures() {
    return failures;
  }

  /** Whether a failure is worth telling people: the first of its kind. */
  boolean isNewFailure(String failure) {
    boolean isNew = !failure.equals(lastFailure);
    lastFailure = failure;
    return isNew;
  }

  void redial(ScheduledFuture<?> next) {
    cancelRedial();
    redial = next;
  }

  private void cancelRedial() {
    if (redial != null) {
      redial.cancel(false);
      redial = null;
    }
  }

  /**
   * Whom to dial, and where.
   *
   * @param peer that start or a later one
   * @param address its link port
   */
  record Wanted(NodeId peer, InetSocketAddress address) {}
}
