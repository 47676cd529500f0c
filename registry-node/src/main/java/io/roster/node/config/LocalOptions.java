package io.roster.node.config;

import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What concerns one node alone. Immutable.
 *
 * @param dataDirectory where the last incarnation and the known addresses are kept; empty path for
 *     nowhere, when the clock alone orders this node's starts
 * @param modules jars with a {@code RosterModule}, beside those on the class path
 * @param placement its share of the workers
 * @param stop how it leaves
 * @param arbiter how its Hazelcast member is looked after
 */
public record LocalOptions(
    Path dataDirectory,
    List<Path> modules,
    Placement placement,
    StopOptions stop,
    ArbiterOptions arbiter) {

  /** No directory, no jars, an ordinary share. */
  public static final LocalOptions DEFAULT =
      new LocalOptions(
          Path.of(""), List.of(), Placement.DEFAULT, StopOptions.DEFAULT, ArbiterOptions.DEFAULT);

  /** Copies. */
  public LocalOptions {
    modules = List.copyOf(modules);
  }

  /** Whether anything is kept on disk. */
  public boolean keepsData() {
    return !dataDirectory.toString().isEmpty();
  }

  /**
   * A node's share of the workers.
   *
   * @param weight 1 for an ordinary node, 2 for one that takes twice as many, 0 for one that takes
   *     none; at most 100
   * @param roles what it is for; free words
   */
  public record Placement(int weight, SortedSet<String> roles) {

    /** Weight one, no roles. */
    public static final Placement DEFAULT = new Placement(1, new TreeSet<>());

    /** Checks the weight. */
    public Placement {
      if (weight < 0 || weight > 100) {
        throw new IllegalArgumentException("expected a weight from 0 to 100, got: " + weight);
      }
      roles = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(roles));
    }
  }
}
