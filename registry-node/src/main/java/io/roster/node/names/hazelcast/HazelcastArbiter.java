package io.roster.node.names.hazelcast;

import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleEvent;
import io.roster.core.identity.NodeId;
import io.roster.core.time.Ticker;
import io.roster.net.membership.Member;
import io.roster.net.membership.MemberEvent;
import io.roster.net.membership.Membership;
import io.roster.net.membership.NodeMetadata;
import io.roster.node.names.store.NameStore;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/*
 * Gossip is the authority, Hazelcast follows. Nobody starts a member until gossip has elected a
 * founder or knows one that has joined, so a cluster is founded once. Whom gossip gives up, Hazelcast
 * is told at once, on every node. Whom gossip sees alive, Hazelcast can find, on both sides of a
 * split, and is made to look for. Where the two disagree for long, the smaller side's members are started again: names do not
 * depend on it, for every owner writes its claims back.
 */

/**
 * The arbiter of names on a Hazelcast member of this node. Starts the member when gossip says that
 * it may, keeps it in line with gossip, and starts it again when it has ended. Thread-safe.
 */
public final class HazelcastArbiter implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HazelcastArbiter.class);
  private static final long LOOK_MILLIS = 250;
  private static final long AGAIN_NANOS = TimeUnit.SECONDS.toNanos(3);
  private static final long FOUND_AFTER_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final Duration SHUTDOWN_MAX = Duration.ofSeconds(5);

  private final HazelcastOptions options;
  private final Membership membership;
  private final Ticker ticker;
  private final NodeId self;
  private final HazelcastNameStore store;
  private final ScheduledExecutorService thread;
  private final AtomicLong rebuilds = new AtomicLong();
  private volatile @Nullable HazelcastInstance instance;
  private volatile boolean closed;

  /** Written by the thread alone. */
  private volatile InetSocketAddress address;

  /** Written by the thread alone. */
  private volatile ViewRepair repair;

  /** The present member's. Confined to the thread. */
  private @Nullable MergeSearch search;

  /** When this node last offered to found. Confined to the thread. */
  private long offeredNanos;

  /** When a start that failed may be tried again. Confined to the thread. */
  private long notBeforeNanos;

  private HazelcastArbiter(HazelcastOptions options, Membership membership, Ticker ticker)
      throws IOException {
    this.options = options;
    this.membership = membership;
    this.ticker = ticker;
    this.self = membership.self().id();
    this.address = freeAddress(options.bind());
    this.offeredNanos = ticker.nowNanos();
    this.notBeforeNanos = offeredNanos;
    this.repair = ViewRepair.within(options.rebuildAfter());
    this.store = new HazelcastNameStore(self.name(), HazelcastConfigs.mapName(options));
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("arbiter@" + self.name()).factory());
  }

  /**
   * Begins to look after a member; returns at once. The store answers {@code Unavailable} until the
   * member has joined.
   *
   * @throws IOException if the address cannot be bound
   */
  public static HazelcastArbiter start(
      HazelcastOptions options, Membership membership, Ticker ticker) throws IOException {
    var arbiter = new HazelcastArbiter(options, membership, ticker);
    membership.updateMetadata(present -> arbiter.announced(present, false));
    membership.subscribe(arbiter::memberEvent);
    var _ =
        arbiter.thread.scheduleWithFixedDelay(arbiter::look, 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    return arbiter;
  }

  /** The arbiter as names use it. */
  public NameStore store() {
    return store;
  }

  /** Where the member listens, or is to listen at the next try. */
  public InetSocketAddress address() {
    return address;
  }

  /** Whether the member has joined. */
  public boolean isReady() {
    var present = instance;
    return present != null && present.getLifecycleService().isRunning();
  }

  /**
   * The nodes that Hazelcast counts as members, by the text of their ids; none if it has not
   * joined.
   */
  public List<String> members() {
    var present = instance;
    return present == null || !present.getLifecycleService().isRunning()
        ? List.of()
        : List.copyOf(new TreeSet<>(new HazelcastInside(present).members()));
  }

  /**
   * For how long Hazelcast and gossip have disagreed about who is up, repairs included; zero if
   * they agree, and until the member has first joined.
   */
  public Duration disagreement() {
    return repair.lasting(ticker.nowNanos());
  }

  /** How often the member was started again because the two went on to disagree. */
  public long rebuilds() {
    return rebuilds.get();
  }

  @Override
  public void close() {
    closed = true;
    store.close();
    try {
      thread.shutdownNow();
      var present = instance;
      if (present != null) {
        end(present);
      }
    } finally {
      instance = null;
    }
  }

  /** Ends the member as Hazelcast itself does when it finds no way on. */
  void failMember() {
    var present = instance;
    if (present != null) {
      present.getLifecycleService().terminate();
    }
  }

  private void memberEvent(MemberEvent event) {
    if (closed) {
      return;
    }
    try {
      switch (event) {
        case MemberEvent.Down(Member member) -> thread.execute(() -> suspect(member.id()));
        case MemberEvent.Up _, MemberEvent.Updated _ -> thread.execute(this::look);
        default -> {}
      }
    } catch (RejectedExecutionException e) {
      // Closed since the look above: there is no Hazelcast left to tell.
    }
  }

  private void suspect(NodeId node) {
    var present = instance;
    if (present == null || node.equals(self)) {
      return;
    }
    try {
      new HazelcastInside(present).suspect(node.toString());
    } catch (RuntimeException e) {
      LOG.warn("name store: Hazelcast did not take note that {} is gone", node, e);
    }
  }

  private void look() {
    try {
      if (closed) {
        return;
      }
      var present = instance;
      if (present == null) {
        startIfAllowed();
      } else if (!present.getLifecycleService().isRunning()) {
        LOG.warn("name store: the Hazelcast member of {} has ended, starting another", self);
        repair = repair.ended(ticker.nowNanos());
        drop();
      } else {
        compare(present);
      }
    } catch (RuntimeException e) {
      LOG.warn("name store: {}", e.toString(), e);
    }
  }

  private void startIfAllowed() {
    if (ticker.nowNanos() - notBeforeNanos < 0) {
      return;
    }
    switch (Founding.decide(self, membership.members())) {
      case WAIT -> {}
      case OFFER -> {
        offeredNanos = ticker.nowNanos();
        membership.updateMetadata(present -> announced(present, false));
      }
      case FOUND -> {
        // Gossip may have yet to tell of others that offer, and two founders would have to merge.
        if (ticker.nowNanos() - offeredNanos >= FOUND_AFTER_NANOS) {
          begin("founding");
        }
      }
      case JOIN -> begin("joining");
    }
  }

  private void begin(String how) {
    notBeforeNanos = ticker.nowNanos() + AGAIN_NANOS;
    LOG.info(
        "name store: {} the Hazelcast cluster of {} at {}", how, options.clusterName(), address);
    var started = member();
    if (closed) {
      end(started);
      return;
    }
    started.getLifecycleService().addLifecycleListener(this::lifecycle);
    started.getPartitionService().addPartitionLostListener(_ -> store.repaired());
    search = new MergeSearch(self.name(), new HazelcastInside(started));
    instance = started;
    store.use(started);
    membership.updateMetadata(present -> announced(present, true));
  }

  private HazelcastInstance member() {
    var config =
        HazelcastConfigs.config(options, self, address, new GossipDiscovery(this::readyAddresses));
    boolean started = false;
    try {
      var member = Hazelcast.newHazelcastInstance(config);
      started = true;
      return member;
    } finally {
      if (!started && !closed) {
        standBack();
      }
    }
  }

  /* Whoever cannot start a member must not keep those waiting that can. */
  private void standBack() {
    notBeforeNanos = ticker.nowNanos() + AGAIN_NANOS;
    membership.updateMetadata(NodeMetadata::withoutArbiter);
    if (options.bind().getPort() != 0) {
      return;
    }
    try {
      // Another process may have taken the one that was free when it was chosen.
      address = freeAddress(options.bind());
    } catch (IOException e) {
      LOG.warn("{}, trying {} again", e.getMessage(), address);
    }
  }

  private void lifecycle(LifecycleEvent event) {
    switch (event.getState()) {
      case MERGED, MERGE_FAILED -> store.repaired();
      case SHUTTING_DOWN, SHUTDOWN -> store.use(null);
      default -> {}
    }
  }

  private void drop() {
    var present = instance;
    instance = null;
    store.use(null);
    membership.updateMetadata(metadata -> announced(metadata, false));
    if (present != null) {
      present.getLifecycleService().terminate();
    }
  }

  private void compare(HazelcastInstance present) {
    var inside = new HazelcastInside(present);
    var hazelcast = inside.members();
    var views = Views.compare(self, membership.members(), hazelcast);
    if (!views.missing().isEmpty() && search != null) {
      search.begin();
    }
    var step = repair.compare(views, ticker.nowNanos());
    repair = step.next();
    switch (step.action()) {
      case ViewRepair.Leave() -> {}
      case ViewRepair.Suspect(var nodes) -> nodes.forEach(inside::suspect);
      case ViewRepair.Rebuild() -> {
        LOG.warn(
            "name store: Hazelcast sees {} and gossip {}, starting this node's member again",
            hazelcast,
            views.expected());
        rebuilds.incrementAndGet();
        drop();
      }
    }
  }

  private List<InetSocketAddress> readyAddresses() {
    return membership.members().stream()
        .filter(member -> member.isUp() && !member.id().equals(self))
        .filter(member -> member.metadata().arbiterReady())
        .map(member -> member.metadata().arbiterAddress())
        .flatMap(Optional::stream)
        .toList();
  }

  private NodeMetadata announced(NodeMetadata metadata, boolean ready) {
    return metadata.withArbiter(address).withArbiterReady(ready);
  }

  /* Hazelcast wants to know its port beforehand, for others read it in the gossip. */
  private static InetSocketAddress freeAddress(InetSocketAddress bind) throws IOException {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(bind);
      return new InetSocketAddress(bind.getAddress(), socket.getLocalPort());
    } catch (IOException e) {
      throw new IOException("name store: cannot listen on " + bind + ": " + e.getMessage(), e);
    }
  }

  /* A graceful end hands over what the member keeps; it is cut short if that takes too long. */
  private static void end(HazelcastInstance instance) {
    var graceful =
        Thread.ofPlatform()
            .daemon()
            .name("arbiter-end")
            .start(() -> instance.getLifecycleService().shutdown());
    try {
      if (!graceful.join(SHUTDOWN_MAX)) {
        instance.getLifecycleService().terminate();
      }
    } catch (InterruptedException e) {
      instance.getLifecycleService().terminate();
      Thread.currentThread().interrupt();
    }
  }
}
