package io.roster.bench.remote;

import io.roster.bench.Clients;
import io.roster.bench.EchoServer;
import io.roster.bench.Effort;
import io.roster.bench.Goal;
import io.roster.bench.Unit;
import io.roster.bench.Work;
import io.roster.bench.beam.BeamPeer;
import io.roster.core.identity.Named;
import io.roster.core.identity.NodeName;
import io.roster.core.identity.Pid;
import io.roster.core.identity.ProcessName;
import io.roster.core.naming.Registration.Registered;
import io.roster.core.server.ServerRef;
import io.roster.core.signal.ExitReason;
import io.roster.node.RosterNode;
import io.roster.node.config.HostPort;
import io.roster.testkit.cluster.JvmCluster;
import io.roster.testkit.cluster.JvmLaunch;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Works between nodes: one in this JVM, two in JVMs of their own, all on loopback. */
public final class RemoteWorks implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int TIMED_CALLS = 50_000;
  private static final BeamPeer PEER = BeamPeer.ERLANG_NODES;
  private static final int CALLS_OF_ONE = 20_000;
  private static final int CALLS_OF_ALL = 100_000;
  private static final int CLIENTS = 100;
  private static final int CASTS = 500_000;
  private static final int NAMES = 1_000;
  private static final double NANOS_PER_MICRO = 1_000;

  private final RosterNode node;
  private final JvmCluster others;
  private final ServerRef<EchoServer.Message> server;

  private RemoteWorks(RosterNode node, JvmCluster others) {
    this.node = node;
    this.others = others;
    var name = new Named(new ProcessName(EchoModule.SERVER), new NodeName("bench-b"));
    server = ServerRef.of(node.system(), name);
  }

  /** Starts the nodes and waits until each knows the others. */
  public static RemoteWorks start() throws Exception {
    var node = BenchNode.start("bench-a");
    var others =
        JvmCluster.open(
            Files.createTempDirectory("roster-bench"), line -> line.startsWith(BenchNode.READY));
    var works = new RemoteWorks(node, others);
    try {
      works.join("bench-b");
      works.join("bench-c");
      works.awaitServer();
      return works;
    } catch (Exception e) {
      works.close();
      throw e;
    }
  }

  private void join(String name) throws InterruptedException {
    var seed = new HostPort("127.0.0.1", node.gossipAddress().getPort());
    var _ =
        others
            .start(
                JvmLaunch.of(name, BenchNode.class.getName(), List.of(name, seed.toString()))
                    .withJvmOptions(List.of("-Xmx1g")))
            .awaitReady(PATIENCE);
  }

  private void awaitServer() throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (node.transport().peers().size() < 2 || !node.awaitReady(Duration.ofSeconds(1))) {
      if (System.nanoTime() - deadline > 0) {
        throw new IllegalStateException("expected two linked peers within " + PATIENCE);
      }
    }
    var _ = server.call(EchoServer.Get::new, PATIENCE).orElseThrow();
  }

  /** Everything that is measured. */
  public List<Work> works() {
    return List.of(
        Work.of("call {name, node}, p50", Unit.MICROSECONDS, effort -> callTime(effort, 50))
            .beside(PEER, "remote_call_p50", 1),
        Work.of("call {name, node}, p99", Unit.MICROSECONDS, effort -> callTime(effort, 99))
            .beside(PEER, "remote_call_p99", 1),
        Work.rate("call, 1 client", effort -> calls(effort, 1, CALLS_OF_ONE))
            .beside(PEER, "remote_call_1", new Goal.None()),
        Work.rate("call, 100 clients", effort -> calls(effort, CLIENTS, CALLS_OF_ALL))
            .beside(PEER, "remote_call_100", 3),
        Work.rate("cast 1→1", this::casts).beside(PEER, "remote_cast", 3),
        Work.rate("register and unregister a global name, one by one", this::registrations)
            .beside(PEER, "remote_register", new Goal.None()));
  }

  private double callTime(Effort effort, double percentile) throws Exception {
    Clients.call(node.system(), List.of(server), effort.count(CALLS_OF_ONE));
    int count = effort.count(TIMED_CALLS);
    var times = new Histogram(3);
    var done = new CountDownLatch(1);
    var _ =
        node.system()
            .spawn(
                _ -> {
                  for (int i = 0; i < count; i++) {
                    long started = System.nanoTime();
                    var _ = server.call(EchoServer.Get::new, PATIENCE).orElseThrow();
                    times.recordValue(System.nanoTime() - started);
                  }
                  done.countDown();
                });
    if (!done.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new IllegalStateException("expected " + count + " calls within " + PATIENCE);
    }
    return times.getValueAtPercentile(percentile) / NANOS_PER_MICRO;
  }

  private double calls(Effort effort, int clients, int full) throws Exception {
    int calls = effort.count(full, clients);
    var servers = Collections.nCopies(clients, server);
    return effort.perSecond(calls, () -> Clients.call(node.system(), servers, calls / clients));
  }

  private double casts(Effort effort) throws Exception {
    int casts = effort.count(CASTS);
    return effort.perSecond(casts, () -> Clients.cast(node.system(), List.of(server), casts));
  }

  private double registrations(Effort effort) throws Exception {
    int names = effort.count(NAMES);
    return effort.perSecond(names, () -> register(names));
  }

  private void register(int names) {
    var holders = new ArrayList<Pid>();
    for (int i = 0; i < names; i++) {
      holders.add(node.system().start(new EchoServer()).pid().orElseThrow());
    }
    for (int i = 0; i < names; i++) {
      var outcome = node.names().register(new ProcessName("bench-" + i), holders.get(i));
      if (!(outcome instanceof Registered)) {
        throw new IllegalStateException("expected a free name, got: " + outcome);
      }
    }
    for (int i = 0; i < names; i++) {
      var _ = node.names().unregister(new ProcessName("bench-" + i), holders.get(i));
    }
    holders.forEach(pid -> node.system().exit(pid, ExitReason.shutdown()));
  }

  @Override
  public void close() {
    others.close();
    node.crash();
  }
}
