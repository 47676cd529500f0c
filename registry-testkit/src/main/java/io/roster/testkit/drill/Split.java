package io.roster.testkit.drill;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How nodes are divided by a cut. Immutable.
 *
 * @param sides the nodes of each side; nodes count from one
 */
public record Split(List<List<Integer>> sides) {

  /** Copies the sides. */
  public Split {
    sides = sides.stream().map(List::copyOf).toList();
  }

  /**
   * Reads the sizes of the sides, such as {@code 3,2}: the first three nodes on one side, the other
   * two on the other.
   *
   * @param nodes how many nodes there are; the sizes must add up to it
   */
  public static Split parse(String text, int nodes) {
    var sizes = Arrays.stream(text.split(",", -1)).map(size -> parseSize(size, text)).toList();
    int sum = sizes.stream().mapToInt(Integer::intValue).sum();
    if (sizes.size() < 2 || sum != nodes) {
      throw new IllegalArgumentException(
          "expected at least two sizes that add up to %d nodes, such as %d,%d, got: %s"
              .formatted(nodes, nodes - nodes / 2, nodes / 2, text));
    }
    var sides = new ArrayList<List<Integer>>();
    int first = 1;
    for (int size : sizes) {
      sides.add(IntStream.range(first, first + size).boxed().toList());
      first += size;
    }
    return new Split(sides);
  }

  private static int parseSize(String size, String text) {
    try {
      int parsed = Integer.parseInt(size.strip());
      if (parsed > 0) {
        return parsed;
      }
    } catch (NumberFormatException e) {
      // Reported like any other size that is none.
    }
    throw new IllegalArgumentException(
        "expected the sizes of the sides, such as 3,2, got: " + text);
  }

  /** How many nodes there are. */
  public int nodes() {
    return sides.stream().mapToInt(List::size).sum();
  }

  /** The number of the side that a node is on, from zero. */
  public int sideOf(int node) {
    for (int side = 0; side < sides.size(); side++) {
      if (sides.get(side).contains(node)) {
        return side;
      }
    }
    throw new IllegalArgumentException(
        "expected a node from 1 to %d, got: %d".formatted(nodes(), node));
  }

  /** A node of a side: the {@code turn}th, round and round. */
  public int nodeOf(int side, int turn) {
    var nodes = sides.get(side);
    return nodes.get(turn % nodes.size());
  }
}
