package io.roster.testkit.gossip;

import io.roster.net.membership.swim.Effect;
import io.roster.net.membership.swim.Input;
import io.roster.net.membership.swim.Packet;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Whoever records datagrams and sends them again. The window of counters refuses that only to who
 * has taken the same datagram before: not to another member, and not to a later start.
 */
final class Replays implements GossipSim.Observer {

  private static final int RECORDED_MAX = 500;

  private final GossipSim cluster;
  private final RandomGenerator random;

  /** Of all that was ever sent, each as likely as any other. */
  private final List<Recorded> recorded = new ArrayList<>();

  private long seen;

  private record Recorded(SimNode sender, InetSocketAddress to, Packet packet) {}

  Replays(GossipSim cluster, RandomGenerator random) {
    this.cluster = cluster;
    this.random = random;
  }

  @Override
  public void stepped(SimNode node, Input input, List<Effect> effects) {
    for (Effect effect : effects) {
      if (effect instanceof Effect.Send(var to, Packet packet)) {
        record(new Recorded(node, to, packet));
      }
    }
  }

  /** Sends some again: to the same or to anybody, from the same place or from any. */
  boolean replay() {
    if (recorded.isEmpty()) {
      return false;
    }
    int count = random.nextInt(1, 40);
    cluster.note(count + " old datagrams arrive again");
    for (int i = 0; i < count; i++) {
      var old = recorded.get(random.nextInt(recorded.size()));
      var to = random.nextBoolean() ? old.to() : anywhere();
      var from = random.nextBoolean() ? old.sender().address() : anywhere();
      cluster
          .simulation()
          .after(
              Duration.ofMillis(random.nextLong(1, 500)),
              () ->
                  cluster
                      .at(to)
                      .ifPresent(node -> node.input(new Input.Received(from, old.packet()))));
    }
    return true;
  }

  private InetSocketAddress anywhere() {
    var all = cluster.processes().toList();
    int index = random.nextInt(all.size() + 1);
    return index < all.size() ? all.get(index).address() : GossipSim.address(9_999);
  }

  private void record(Recorded next) {
    seen++;
    if (recorded.size() < RECORDED_MAX) {
      recorded.add(next);
    } else {
      long place = random.nextLong(seen);
      if (place < RECORDED_MAX) {
        recorded.set((int) place, next);
      }
    }
  }
}
