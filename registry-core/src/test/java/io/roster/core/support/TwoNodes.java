package io.roster.core.support;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.core.identity.Destination;
import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import io.roster.core.identity.Pid;
import io.roster.core.process.ProcessSystem;
import io.roster.core.process.RemoteRouter;
import io.roster.core.process.Report;
import io.roster.core.process.SendResult;
import io.roster.core.signal.Signal;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Two nodes and a link between them that delivers at once, until it is cut. Held back, it keeps
 * what is sent in the order of each direction, and a test delivers one signal after the other.
 */
public final class TwoNodes implements AfterEachCallback {

  private final List<Report> reports = new CopyOnWriteArrayList<>();
  private final ProcessSystem a = system("a");
  private final ProcessSystem b = system("b");
  private volatile boolean connected = true;
  private volatile boolean heldBack;
  private final Queue<Runnable> toA = new ConcurrentLinkedQueue<>();
  private final Queue<Runnable> toB = new ConcurrentLinkedQueue<>();

  public TwoNodes() {
    var byName = Map.of(a.node().name(), a, b.node().name(), b);
    a.connect(new Link(byName));
    b.connect(new Link(byName));
  }

  private ProcessSystem system(String name) {
    return ProcessSystem.builder(new NodeId(new NodeName(name), 1)).reporter(reports::add).build();
  }

  public ProcessSystem a() {
    return a;
  }

  public ProcessSystem b() {
    return b;
  }

  /** From here on signals arrive when they are delivered. */
  public void holdBack() {
    heldBack = true;
  }

  /** Delivers the oldest signal that is on its way to A; false if there is none. */
  public boolean deliverToA() {
    return deliver(toA);
  }

  /** Delivers the oldest signal that is on its way to B; false if there is none. */
  public boolean deliverToB() {
    return deliver(toB);
  }

  /** Delivers until nothing is on its way. */
  @SuppressWarnings("EmptyBlockStatement") // each round delivers
  public void deliverAll() {
    while (deliverToA() || deliverToB()) {}
  }

  private static boolean deliver(Queue<Runnable> way) {
    Runnable oldest = way.poll();
    if (oldest != null) {
      oldest.run();
    }
    return oldest != null;
  }

  private void carry(ProcessSystem target, Runnable arrival) {
    if (heldBack) {
      (target.equals(a) ? toA : toB).add(arrival);
    } else {
      arrival.run();
    }
  }

  /** Loses the connection, as both sides see it, and what was on its way. */
  public void cut() {
    connected = false;
    toA.clear();
    toB.clear();
    a.nodeDown(b.node());
    b.nodeDown(a.node());
  }

  private final class Link implements RemoteRouter {

    private final Map<NodeName, ProcessSystem> byName;

    private Link(Map<NodeName, ProcessSystem> byName) {
      this.byName = byName;
    }

    @Override
    public SendResult route(Pid from, Destination to, Signal signal) {
      ProcessSystem target = byName.get(to.nodeName());
      if (!connected || target == null) {
        return new SendResult.ConnectionLost(to.nodeName());
      }
      // What comes of it at the other end is not known here, as on a real link.
      carry(
          target,
          () -> {
            var _ = target.deliver(from, to, signal);
          });
      return SendResult.delivered();
    }

    @Override
    public SendResult route(Pid from, NodeName to, Signal signal) {
      ProcessSystem target = byName.get(to);
      if (!connected || target == null) {
        return new SendResult.ConnectionLost(to);
      }
      if (signal instanceof Signal.Down down) {
        carry(target, () -> target.deliver(from, down));
      }
      return SendResult.delivered();
    }
  }

  @Override
  public void afterEach(ExtensionContext context) {
    deliverAll();
    heldBack = false;
    LocalNode.auditOf(a);
    LocalNode.auditOf(b);
    a.close();
    b.close();
    deliverAll();
    for (ProcessSystem system : List.of(a, b)) {
      LocalNode.eventually("no zombie is left", () -> system.stats().zombies() == 0);
      assertThat(system.stats().processes()).as("processes left").isZero();
      assertThat(system.stats().aliases()).as("aliases left").isZero();
      assertThat(system.stats().remoteTies()).as("remote links and monitors left").isZero();
    }
    assertThat(reports).as("reports").isEmpty();
  }
}
