package io.roster.testkit.gossip;

import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import io.roster.net.membership.swim.Effect;
import io.roster.net.membership.swim.Input;
import io.roster.net.membership.swim.Swim;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/** One simulated start of a node: its machine, its host, and what it has cost. */
public final class SimNode {

  /** What a host buffers for a process that does not read. */
  private static final int BUFFERED_MAX = 2_000;

  private final GossipSim cluster;
  private final Swim swim;
  private final NodeId id;
  private final InetSocketAddress address;
  private final Queue<Input> buffered = new ArrayDeque<>();
  private final Queue<Effect> unsent = new ArrayDeque<>();
  private State state = State.RUNNING;
  private long wakePlannedAt = Long.MAX_VALUE;
  private long steppedAtNanos;
  private long lastAccepted;

  long packetsSent;
  long packetsReceived;
  long bytesSent;
  long bytesReceived;

  /** What can be the matter with a node. */
  public enum State {
    /** It runs. */
    RUNNING,
    /** It stands still; what comes is buffered. */
    PAUSED,
    /** What it sends and what comes waits; its clock and its decisions go on. */
    BLOCKED,
    /** What comes waits; it decides and sends as ever. */
    DEAF,
    /** What it sends waits; it hears and decides as ever. */
    MUTE,
    /** Its process is gone, its host answers so. */
    KILLED,
    /** Its host is gone with it. */
    CRASHED,
    /** It said goodbye and ended. */
    LEFT;

    /** Whether the process is there, however it fares. */
    boolean isThere() {
      return this != KILLED && this != CRASHED && this != LEFT;
    }

    private boolean wakes() {
      return isThere() && this != PAUSED;
    }

    private boolean sends() {
      return this != BLOCKED && this != MUTE;
    }
  }

  SimNode(GossipSim cluster, Swim swim) {
    this.cluster = cluster;
    this.swim = swim;
    this.id = swim.self().id();
    this.address = swim.self().gossipAddress();
  }

  /** Which start of which node. */
  public NodeId id() {
    return id;
  }

  /** Its name. */
  public NodeName name() {
    return id.name();
  }

  /** Where it is. */
  public InetSocketAddress address() {
    return address;
  }

  /** Its machine, to look at. */
  public Swim swim() {
    return swim;
  }

  /** The moment that its machine was given with the last step, by the node's own clock. */
  public long steppedAtNanos() {
    return steppedAtNanos;
  }

  /** What is the matter with it. */
  public State state() {
    return state;
  }

  /** Whether it runs and reacts. */
  public boolean isRunning() {
    return state == State.RUNNING;
  }

  /** The digest has no addresses: of twins one may be held here, and the other one there. */
  boolean knowsWhereIs(SimNode other) {
    return swim.member(other.name())
        .filter(row -> row.gossipAddress().equals(other.address()))
        .isPresent();
  }

  /** Datagram and stream payload sent and received so far. */
  public long bytes() {
    return bytesSent + bytesReceived;
  }

  /** Datagrams sent and received so far. */
  public long packets() {
    return packetsSent + packetsReceived;
  }

  /** Gives it an input now, or as soon as it goes on. */
  public void input(Input input) {
    switch (state) {
      case RUNNING, MUTE -> step(input);
      case PAUSED -> buffer(input);
      case BLOCKED, DEAF -> {
        switch (input) {
          case Input.Received _, Input.StreamHeard _, Input.StreamFailed _ -> buffer(input);
          default -> step(input);
        }
      }
      case KILLED, CRASHED, LEFT -> {
        // Nobody is there.
      }
    }
  }

  void become(State next) {
    boolean resumed = state != State.RUNNING && state.isThere() && next == State.RUNNING;
    boolean ended = state.isThere() && !next.isThere();
    state = next;
    if (ended) {
      cluster.ended(this);
    }
    if (resumed) {
      while (!unsent.isEmpty()) {
        cluster.perform(this, unsent.remove());
      }
      while (!buffered.isEmpty() && isRunning()) {
        step(buffered.remove());
      }
      if (isRunning()) {
        step(new Input.Wake());
      }
    }
  }

  /** Keeps what this node wants done for later; whether it had to. */
  boolean holdBack(Effect effect) {
    if (state.sends()) {
      return false;
    }
    if (unsent.size() < BUFFERED_MAX) {
      unsent.add(effect);
    }
    return true;
  }

  private void buffer(Input input) {
    if (buffered.size() < BUFFERED_MAX) {
      buffered.add(input);
    }
  }

  long nextAccepted() {
    return --lastAccepted;
  }

  private void step(Input input) {
    steppedAtNanos = cluster.clockNanos(this);
    List<Effect> effects = cluster.drive(this, input, steppedAtNanos);
    cluster.perform(this, input, effects);
    planWake();
  }

  private void planWake() {
    long due = swim.wakeAtNanos();
    if (due == Long.MAX_VALUE) {
      return;
    }
    long at = cluster.simulation().nowNanos() + due - cluster.clockNanos(this);
    if (at >= wakePlannedAt) {
      return;
    }
    wakePlannedAt = at;
    cluster.simulation().at(at, () -> wake(at));
  }

  private void wake(long at) {
    if (at != wakePlannedAt) {
      return;
    }
    wakePlannedAt = Long.MAX_VALUE;
    if (!state.wakes()) {
      return;
    }
    if (swim.wakeAtNanos() > cluster.clockNanos(this)) {
      // The alarm was cancelled meanwhile.
      planWake();
    } else {
      step(new Input.Wake());
    }
  }
}
