package io.roster.testkit.drill.gossip;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a drill of the gossip does. Immutable.
 *
 * @param nodes how many nodes, three or more
 * @param fault what is done to them
 * @param hold how long it lasts
 * @param rounds how often, each time to the next node
 * @param calm for how long nobody may suspect anybody before a fault
 */
public record GossipDrillOptions(int nodes, Fault fault, Duration hold, int rounds, Duration calm) {

  private static final int NODES_MAX = 64;
  private static final int ROUNDS_MAX = 100;

  /** What is over before it must be seen proves nothing. */
  private static final Duration HOLD_MIN = Duration.ofSeconds(5);

  /** Checks the numbers. */
  public GossipDrillOptions {
    if (nodes < 3 || nodes > NODES_MAX) {
      throw new IllegalArgumentException(
          "expected 3 to %d nodes, got: %d".formatted(NODES_MAX, nodes));
    }
    if (hold.compareTo(HOLD_MIN) < 0) {
      throw new IllegalArgumentException(
          "expected a fault of %d s or more, got: %d ms"
              .formatted(HOLD_MIN.toSeconds(), hold.toMillis()));
    }
    if (!calm.isPositive()) {
      throw new IllegalArgumentException("expected some time of calm, got: " + calm);
    }
    if (rounds < 1 || rounds > ROUNDS_MAX) {
      throw new IllegalArgumentException(
          "expected 1 to %d rounds, got: %d".formatted(ROUNDS_MAX, rounds));
    }
  }

  /** The node that a round, which counts from zero, is about. */
  int victim(int round) {
    return nodes - round % nodes;
  }

  /** The smaller side of a cut, the victim among them: as many nodes as are less than half. */
  List<Integer> smallerSide(int round) {
    return switch (fault) {
      case CUT ->
          IntStream.range(0, (nodes - 1) / 2)
              .map(i -> (victim(round) - 1 + i) % nodes + 1)
              .sorted()
              .boxed()
              .toList();
      case KILL, STOP, ONEWAY -> List.of(victim(round));
      case PARTIAL, BUSY -> List.of();
    };
  }

  /** The other nodes. */
  List<Integer> largerSide(int round) {
    var smaller = smallerSide(round);
    return IntStream.rangeClosed(1, nodes).boxed().filter(node -> !smaller.contains(node)).toList();
  }

  /** The two nodes that a partial cut is between. */
  List<Integer> pair(int round) {
    return List.of(victim(round), victim(round) % nodes + 1);
  }
}
