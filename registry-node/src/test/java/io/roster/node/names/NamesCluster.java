package io.roster.node.names;

import io.roster.core.identity.Pid;
import io.roster.core.identity.ProcessName;
import io.roster.core.process.ProcessSystem;
import io.roster.core.signal.ExitReason;
import io.roster.core.time.HybridClock;
import io.roster.node.names.store.NameStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Nodes with processes and global names in one JVM, over links and gossip told what to do. */
public final class NamesCluster implements AutoCloseable {

  private final InMemoryCluster cluster = new InMemoryCluster();
  private final Function<InMemoryCluster.Node, NameStore> stores;
  private final NamesOptions options;
  private final List<NamesNode> nodes = new ArrayList<>();

  public NamesCluster(NamesOptions options, Function<InMemoryCluster.Node, NameStore> stores) {
    this.options = options;
    this.stores = stores;
  }

  /** One node: what a test reaches for. */
  public record NamesNode(InMemoryCluster.Node node, ProcessSystem system, GlobalNames names) {

    /** A process that waits for ever. */
    public Pid spawn() {
      return system.spawn(
          self -> {
            while (true) {
              self.receive();
            }
          });
    }

    /** Ends a process and waits for the end. */
    public void kill(Pid pid) {
      system.exit(pid, ExitReason.killed());
      system.awaitExit(pid, Duration.ofSeconds(10));
    }
  }

  /** Starts a node that meets all others. */
  public NamesNode start(String name) {
    var node = cluster.start(name, 1);
    var system = ProcessSystem.builder(node.id()).build();
    var time = new NamesPorts.Time(system.ticker(), system.timers(), HybridClock.system());
    var ports =
        new NamesPorts(
            LocalProcesses.of(system),
            node.transport(),
            node.membership(),
            stores.apply(node),
            time);
    var started = new NamesNode(node, system, GlobalNames.start(ports, options));
    nodes.add(started);
    return started;
  }

  public List<NamesNode> nodes() {
    return List.copyOf(nodes);
  }

  public void split(NamesNode... side) {
    cluster.split(List.of(side).stream().map(NamesNode::node).toList());
  }

  public void heal() {
    cluster.heal();
  }

  /** The node is gone with its processes. */
  public void crash(NamesNode node) {
    nodes.remove(node);
    node.names().close();
    cluster.crash(node.node());
    node.system().close();
  }

  /** Whether all nodes know the same owner of {@code name}, or all know of none. */
  public boolean agreeOn(ProcessName name) {
    return nodes.stream().map(node -> node.names().whereis(name)).distinct().count() == 1;
  }

  @Override
  public void close() {
    for (var node : nodes) {
      node.names().close();
      node.system().close();
    }
    cluster.close();
  }
}
