package io.roster.testkit.sim;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * The network between hosts of type {@code H}: delay, loss, duplication and cuts for datagrams;
 * order and delivery, or a break, for connections.
 *
 * @param <H> what a host is known by; equal hosts are one host
 */
public final class SimNetwork<H> {

  /** How long a datagram from a host to itself takes. */
  private static final Duration LOOP = Duration.ofNanos(30_000);

  /** What a host waits for an answer before it tries to connect again. */
  private static final Duration CONNECT_AGAIN = Duration.ofSeconds(1);

  /** Full buffers lose datagrams within a host as well, but far fewer than links do. */
  private static final double LOCAL_SHARE = 0.1;

  private final Simulation simulation;
  private final RandomGenerator random;

  /** Apart, so that what a host says to itself disturbs nobody else's chances. */
  private final RandomGenerator localRandom;

  private Link link;

  /** Hosts of different sides do not reach each other; empty if there is no such split. */
  private final Map<H, Integer> sides = new HashMap<>();

  private final Set<Way<H>> cuts = new HashSet<>();

  /** When the last packet of a connection arrives; the next one must not overtake it. */
  private final Map<Way<H>, Long> arrivals = new HashMap<>();

  /** Where a burst of losses is under way. */
  private final Set<Way<H>> bursts = new HashSet<>();

  private record Way<H>(H from, H to) {}

  /** A whole network. */
  public SimNetwork(Simulation simulation, Link link) {
    this.simulation = simulation;
    this.random = simulation.fork();
    this.localRandom = RandomGeneratorFactory.of("L64X128MixRandom").create(~simulation.seed());
    this.link = link;
  }

  /** Changes how it behaves from now on. */
  public void behave(Link next) {
    link = next;
    bursts.clear();
  }

  /** Cuts one way, and that way only. */
  public void cutOneWay(H from, H to) {
    cuts.add(new Way<>(from, to));
  }

  /** Cuts both ways between two hosts. */
  public void cut(H left, H right) {
    cutOneWay(left, right);
    cutOneWay(right, left);
  }

  /** Splits the network: hosts reach those of their own side alone. Hosts not named reach all. */
  public void split(Collection<? extends Collection<H>> parts) {
    sides.clear();
    int side = 0;
    for (Collection<H> part : parts) {
      for (H host : part) {
        sides.put(host, side);
      }
      side++;
    }
  }

  /** Ends every cut and split. */
  public void heal() {
    sides.clear();
    cuts.clear();
  }

  /** Whether packets get from one host to the other now. */
  public boolean passes(H from, H to) {
    if (!cuts.isEmpty() && cuts.contains(new Way<>(from, to))) {
      return false;
    }
    if (sides.isEmpty()) {
      return true;
    }
    var left = sides.get(from);
    var right = sides.get(to);
    return left == null || right == null || left.equals(right);
  }

  /** Sends a datagram: {@code deliver} runs never, once or twice, whenever it arrives. */
  public void datagram(H from, H to, Runnable deliver) {
    if (!passes(from, to) || isLost(from, to)) {
      return;
    }
    simulation.after(delay(), deliver);
    if (link.duplication() > 0 && random.nextDouble() < link.duplication()) {
      simulation.after(delay(), deliver);
    }
  }

  /** Bursts begin and end by chance, so that of all datagrams the link's share is lost. */
  private boolean isLost(H from, H to) {
    if (link.burst() == 1) {
      return random.nextDouble() < link.loss();
    }
    var way = new Way<>(from, to);
    if (bursts.contains(way)) {
      if (random.nextDouble() < 1 / link.burst()) {
        bursts.remove(way);
      }
    } else if (random.nextDouble() < link.loss() / (1 - link.loss()) / link.burst()) {
      bursts.add(way);
    }
    return bursts.contains(way);
  }

  /**
   * Sends a datagram from a host to itself: no cut is in its way, and a tenth of the links' loss is
   * its own.
   */
  public void local(Runnable deliver) {
    if (localRandom.nextDouble() >= link.loss() * LOCAL_SHARE) {
      simulation.after(LOOP, deliver);
    }
  }

  /**
   * Sends over a connection: {@code deliver} runs once, after all that went the same way before;
   * or, if the way is cut, {@code broken} runs when {@code patience} is over.
   */
  public void connected(H from, H to, Duration patience, Runnable deliver, Runnable broken) {
    var way = new Way<>(from, to);
    long before = arrivals.getOrDefault(way, Long.MIN_VALUE);
    arrivals.put(way, connected(from, to, patience, before, deliver, broken));
  }

  /**
   * The same for one of several connections between two hosts, which do not wait for each other.
   *
   * @param beforeNanos when what was sent before arrives
   * @return when this arrives; as before, where the way is cut
   */
  @SuppressWarnings("ParameterNumber") // the connection is a way and what was sent on it
  public long connected(
      H from, H to, Duration patience, long beforeNanos, Runnable deliver, Runnable broken) {
    if (!passes(from, to) || !passes(to, from)) {
      simulation.after(patience, broken);
      return beforeNanos;
    }
    long resend = random.nextDouble() < link.loss() ? 200_000_000L : 0;
    long at = Math.max(simulation.nowNanos() + delay().toNanos() + resend, beforeNanos + 1);
    simulation.at(at, deliver);
    return at;
  }

  /**
   * How long it takes to connect to a host that is reached: a packet each way, which are sent again
   * after a second if they are lost.
   */
  public Duration handshake() {
    var taken = delay().plus(delay());
    for (int packet = 0; packet < 2; packet++) {
      if (random.nextDouble() < link.loss()) {
        taken = taken.plus(CONNECT_AGAIN);
      }
    }
    return taken;
  }

  /** One delay, by chance. */
  public Duration delay() {
    double tail = -Math.log(1 - random.nextDouble());
    return link.delayMin().plusNanos((long) (link.delayMean().toNanos() * tail));
  }
}
