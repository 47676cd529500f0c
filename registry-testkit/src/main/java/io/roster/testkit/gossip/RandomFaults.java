package io.roster.testkit.gossip;

import io.roster.core.identity.NodeName;
import io.roster.net.membership.swim.Input;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** Does random harm to a simulated cluster, then mends what can be mended. */
public final class RandomFaults {

  private static final List<Harm> CHOICES = choices();

  private final GossipSim cluster;
  private final RandomGenerator random;
  private final LinkFaults links;
  private final StartFaults starts;
  private final Replays replays;
  private final Map<Harm, Integer> done = new EnumMap<>(Harm.class);

  /** Harm by the cluster's seed, to nodes that began with each other as seeds. */
  public RandomFaults(GossipSim cluster) {
    this.cluster = cluster;
    this.random = cluster.simulation().fork();
    this.links = new LinkFaults(cluster, random);
    this.starts = new StartFaults(cluster, random);
    this.replays = new Replays(cluster, random);
    cluster.observe(replays);
  }

  /** Does harm for a while, every few hundred milliseconds. */
  public void runFor(Duration time) {
    long until = cluster.simulation().nowNanos() + time.toNanos();
    while (cluster.simulation().nowNanos() < until) {
      var harm = CHOICES.get(random.nextInt(CHOICES.size()));
      if (does(harm)) {
        done.merge(harm, 1, Integer::sum);
      }
      cluster.simulation().runFor(Duration.ofMillis(random.nextLong(50, 2_500)));
    }
  }

  /** Ends cuts, loss and pauses. Who is gone stays gone. */
  public void mend() {
    cluster.simulation().note("all is mended");
    links.mend();
    for (SimNode node : cluster.processes().toList()) {
      if (node.state().isThere()) {
        node.become(SimNode.State.RUNNING);
      }
    }
    starts.introduce();
  }

  /** How often each harm was done. */
  Map<Harm, Integer> done() {
    return Collections.unmodifiableMap(done);
  }

  private boolean does(Harm harm) {
    return switch (harm) {
      case CRASH -> starts.end(cluster::crash);
      case KILL -> starts.end(cluster::kill);
      case LEAVE -> starts.end(cluster::leave);
      case RESTART -> starts.again(starts::everywhere);
      case RESTART_FROM_DISK -> starts.again(starts::disk);
      case SET_BACK -> starts.setBack();
      case MASS_RESTART -> starts.manyAgain();
      case TWIN -> starts.twin();
      case PAUSE -> any(node -> cluster.pause(node, aWhile()));
      case BLOCK -> any(node -> cluster.block(node, aWhile()));
      case DEAFEN -> any(node -> cluster.deafen(node, aWhile()));
      case MUTE -> any(node -> cluster.mute(node, aWhile()));
      case SPLIT -> links.split();
      case HEAL -> links.heal();
      case CUT_ONE_WAY -> links.cutOneWay();
      case CUT_BETWEEN_TWO -> links.cutBetweenTwo();
      case CUT_OFF_ONE_WAY -> links.cutOffOneWay();
      case LOSS -> links.lose(1);
      case BURSTS -> links.lose(random.nextDouble(4, 40));
      case GOOD_LINKS -> links.lossless();
      case REPLAY -> replays.replay();
      case PUBLISH -> any(this::publish);
      case MISTRUST -> any(this::mistrust);
    };
  }

  private Duration aWhile() {
    return Duration.ofMillis(random.nextLong(50, 8_000));
  }

  private boolean any(Consumer<SimNode> harm) {
    var running = cluster.running();
    if (running.isEmpty()) {
      return false;
    }
    harm.accept(running.get(random.nextInt(running.size())));
    return true;
  }

  private void publish(SimNode node) {
    var old = node.swim().self().metadata();
    node.input(
        new Input.Publish(
            old.withArbiterReady(!old.arbiterReady()).withWeight(random.nextInt(1, 10))));
  }

  private void mistrust(SimNode node) {
    var all = List.copyOf(cluster.nodes());
    NodeName other = all.get(random.nextInt(all.size())).name();
    node.input(new Input.Check(other));
  }

  private static List<Harm> choices() {
    var choices = new ArrayList<Harm>();
    for (Harm harm : Harm.values()) {
      choices.addAll(Collections.nCopies(harm.weight, harm));
    }
    return List.copyOf(choices);
  }
}
