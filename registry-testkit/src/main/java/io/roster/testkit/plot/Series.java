package io.roster.testkit.plot;

import java.util.List;

/**
 * One line of a plot. Immutable.
 *
 * @param name how the legend calls it
 * @param points where it goes through, in order
 */
public record Series(String name, List<Point> points) {

  /**
   * A value that was measured. Immutable.
   *
   * @param x where on the first axis
   * @param y where on the second
   */
  public record Point(double x, double y) {}
}
