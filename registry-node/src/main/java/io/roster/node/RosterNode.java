package io.roster.node;

import io.roster.core.identity.NodeId;
import io.roster.core.process.ProcessSystem;
import io.roster.core.time.Ticker;
import io.roster.net.membership.Membership;
import io.roster.net.membership.NodeMetadata;
import io.roster.net.transport.Transport;
import io.roster.node.admin.AdminServer;
import io.roster.node.admin.NodeMetrics;
import io.roster.node.admin.NodeView;
import io.roster.node.admin.StandardRoutes;
import io.roster.node.config.NodeOptions;
import io.roster.node.fleet.DrainReport;
import io.roster.node.fleet.Fleet;
import io.roster.node.names.GlobalNames;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One node of a cluster: gossip, links, processes, names, workers and the admin port. Thread-safe;
 * many fit in one JVM.
 *
 * {@snippet :
 * try (var node = RosterNode.builder(NodeOptions.loopback("a")).start()) {
 *   node.awaitReady(Duration.ofSeconds(10));
 * }
 * }
 */
public final class RosterNode implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RosterNode.class);
  private static final Duration GOODBYE = Duration.ofSeconds(2);
  private static final Duration READY_POLL = Duration.ofMillis(10);

  private final NodeOptions options;
  private final NodeParts parts;
  private final NodeView view;
  private final AdminServer admin;
  private final StopStack stops;
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final CompletableFuture<NodeId> replaced = new CompletableFuture<>();

  private RosterNode(
      NodeOptions options, NodeParts parts, NodeView view, AdminServer admin, StopStack stops) {
    this.options = options;
    this.parts = parts;
    this.view = view;
    this.admin = admin;
    this.stops = stops;
  }

  /** Begins a node. */
  public static Builder builder(NodeOptions options) {
    return new Builder(options);
  }

  /** Gathers what a node is made of. Confined to one thread. */
  public static final class Builder {

    private final NodeOptions options;
    private final List<RosterModule> modules = new ArrayList<>();

    private Builder(NodeOptions options) {
      this.options = options;
    }

    /** Adds a module. */
    public Builder module(RosterModule module) {
      modules.add(module);
      return this;
    }

    /** Adds the modules of the class path and those of the jars that the options name. */
    public Builder withModulesFound() {
      modules.addAll(ModuleLoader.fromClassPath());
      modules.addAll(ModuleLoader.fromJars(options.local().modules()));
      return this;
    }

    /**
     * Starts every part. Returns when all run; the node is ready a moment later, see {@link
     * RosterNode#awaitReady}.
     *
     * @throws NodeStartException if a port is taken, say; nothing is left running
     */
    public RosterNode start() throws NodeStartException {
      var stops = new StopStack();
      try {
        return start(stops);
      } catch (Exception e) {
        stops.stopAll();
        throw new NodeStartException(
            "node " + options.name() + " cannot start: " + e.getMessage(), e);
      }
    }

    private RosterNode start(StopStack stops) throws Exception {
      var setup = ModuleSetup.of(modules);
      var parts = new NodeStarter(options, setup, stops).start();
      var view = new LiveView(parts, new NodeReadiness(parts, options.cluster().hasSeeds()));
      var node = new RosterNode(options, parts, view, admin(setup, parts, view, stops), stops);
      for (var action : setup.startActions()) {
        action.run(node);
      }
      parts
          .membership()
          .updateMetadata(metadata -> NodeStarter.withLink(metadata, node.linkAddress()));
      parts.replacement().onHeard("replaced@" + options.name(), node::endReplaced);
      return node;
    }

    private AdminServer admin(ModuleSetup setup, NodeParts parts, NodeView view, StopStack stops)
        throws IOException {
      var name = options.name().value();
      var metrics = stops.push("metrics", new NodeMetrics(name));
      var routes = setup.routeTable();
      StandardRoutes.install(routes, view);
      metrics.install(routes, view);
      GossipMetrics.install(metrics.registry(), parts.membership()::stats, Ticker.SYSTEM);
      new OperatorRoutes(parts, setup.jsonMessages()).install(routes, view);
      new KeyRoutes(parts.membership().keyRotation()).install(routes);
      return stops.push("admin", AdminServer.start(name, options.network().admin(), routes));
    }
  }

  /** Name and incarnation. */
  public NodeId id() {
    return parts.system().node();
  }

  /** What it was started with. */
  public NodeOptions options() {
    return options;
  }

  /** Its processes. */
  public ProcessSystem system() {
    return parts.system();
  }

  /** The names of the cluster. */
  public GlobalNames names() {
    return parts.names();
  }

  /** The workers of the cluster. */
  public Fleet fleet() {
    return parts.fleet();
  }

  /** Who is in the cluster. */
  public Membership membership() {
    return parts.membership();
  }

  /** Its links to other nodes. */
  public Transport transport() {
    return parts.transport();
  }

  /** What operators see. */
  public NodeView view() {
    return view;
  }

  /** Where it gossips, as others are told. */
  public InetSocketAddress gossipAddress() {
    return parts.membership().self().gossipAddress();
  }

  /** Where it takes links from nodes and clients, as others are told. */
  public InetSocketAddress linkAddress() {
    return new InetSocketAddress(
        options.network().listen().advertise(), parts.transport().localAddress().getPort());
  }

  /** Where operators ask. */
  public InetSocketAddress adminAddress() {
    return new InetSocketAddress(options.network().admin().bind(), admin.port());
  }

  /**
   * Waits until every check of readiness holds.
   *
   * @return whether they did within {@code patience}
   */
  public boolean awaitReady(Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!view.readiness().ready()) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      if (System.nanoTime() - deadline > 0) {
        return false;
      }
      LockSupport.parkNanos(READY_POLL.toNanos());
    }
    return true;
  }

  /**
   * Leaves gracefully: tells the others, hands its workers to them, says goodbye and stops every
   * part. Takes at most as long as {@link NodeOptions} allow. Blocks.
   */
  public LeaveReport leave() {
    long started = System.nanoTime();
    var drained = new DrainReport(0, 0);
    if (stopped.compareAndSet(false, true)) {
      try {
        drained = drain();
        OrderlyStop.stopRoots(parts.system(), rest().dividedBy(2));
        sayGoodbye();
      } finally {
        stopWithin(rest());
      }
    }
    return new LeaveReport(
        drained.moved(), drained.ended(), Duration.ofNanos(System.nanoTime() - started));
  }

  /**
   * Completes when another start of this node's name has taken its place in the cluster, and this
   * node has ended for it; with that start. The node needs no {@link #close} then. It never
   * completes if the node ends otherwise.
   */
  public CompletableFuture<NodeId> replaced() {
    return replaced.copy();
  }

  /** As {@link #leave}. */
  @Override
  public void close() {
    leave();
  }

  /**
   * Stops at once, as a crash would: nobody is told, and the others have to find out. For tests and
   * drills.
   */
  public void crash() {
    if (stopped.compareAndSet(false, true)) {
      stops.stopAll();
    }
  }

  /*
   * Nobody is told, and no worker is handed over: the others take what this node says for the past
   * of the start that has its name now.
   */
  private void endReplaced(NodeId by) {
    if (!stopped.compareAndSet(false, true)) {
      return;
    }
    LOG.error("{}: ends, because {} has taken its place; give one of them another name", id(), by);
    try {
      OrderlyStop.stopRoots(parts.system(), rest().dividedBy(2));
    } finally {
      stopWithin(rest());
      replaced.complete(by);
    }
  }

  /* Others are told first, so that nobody moves workers here while they go. */
  private DrainReport drain() {
    parts.membership().updateMetadata(NodeMetadata::asLeaving);
    parts.served().clients().leave();
    var patience = options.local().stop().drain();
    try {
      return parts.fleet().drain().get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (TimeoutException e) {
      LOG.warn("{}: workers are left after {} s of handing them over", id(), patience.toSeconds());
    } catch (ExecutionException e) {
      LOG.warn("{}: workers could not be handed over", id(), e.getCause());
    }
    return parts.fleet().drainProgress();
  }

  private Duration rest() {
    return options.local().stop().rest();
  }

  /* On a thread of its own, so that a part that hangs does not keep the caller; it ends with the JVM. */
  private void stopWithin(Duration patience) {
    var stopping =
        Thread.ofPlatform().daemon().name("stop@" + options.name()).start(stops::stopAll);
    try {
      if (!stopping.join(patience)) {
        LOG.warn("{}: some parts have not stopped within {} s", id(), patience.toSeconds());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void sayGoodbye() {
    try {
      if (!parts.membership().leave(GOODBYE)) {
        LOG.warn("{}: the others may not have heard that it leaves", id());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
