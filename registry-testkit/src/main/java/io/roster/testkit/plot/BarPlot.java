package io.roster.testkit.plot;

import java.util.List;

/**
 * Bars to the right, in groups. Immutable.
 *
 * @param title what it shows, for those who do not see it
 * @param x the axis to the right; where it is logarithmic a value of zero has no bar
 * @param names what the bars of a group show, in order
 * @param groups what is compared, from the top down
 */
public record BarPlot(String title, Axis x, List<String> names, List<BarPlot.Group> groups) {

  private static final double WIDTH = 760;
  private static final double LEFT = 210;
  private static final double RIGHT = WIDTH - 70;
  private static final double BAR = 15;
  private static final double GAP = 14;

  /**
   * One of the things compared. Immutable.
   *
   * @param name what it is
   * @param values one for each name of a bar
   */
  public record Group(String name, List<Double> values) {}

  /** The drawing. */
  public String svg() {
    var legend = new Legend(names, false, LEFT, WIDTH - 10);
    double top = legend.height();
    double height = groups.size() * (names.size() * BAR + GAP) + GAP;
    var svg = new Svg(WIDTH, top + height + 52, title);
    legend.draw(svg);
    for (double tick : x.scale().ticks(7)) {
      svg.line("grid", across(tick), top, across(tick), top + height);
      svg.text("middle", across(tick), top + height + 19, Numbers.text(tick));
    }
    double y = top + GAP;
    for (Group group : groups) {
      svg.text("end", LEFT - 10, y + names.size() * BAR / 2 + 4, group.name());
      for (int i = 0; i < group.values().size(); i++) {
        bar(svg, y + i * BAR, group, i);
      }
      y += names.size() * BAR + GAP;
    }
    svg.line("axis", LEFT, top, LEFT, top + height);
    svg.line("axis", LEFT, top + height, RIGHT, top + height);
    svg.text("middle", (LEFT + RIGHT) / 2, top + height + 42, x.label());
    return svg.end();
  }

  private void bar(Svg svg, double y, Group group, int index) {
    double value = group.values().get(index);
    double end = value <= 0 ? LEFT : Math.max(LEFT + 2, across(value));
    double bottom = y + BAR - 3;
    svg.titled(
        "mark s" + index % PlotStyle.COLOURS,
        PlotStyle.polygon(LEFT, y, end, y, end, bottom, LEFT, bottom),
        "%s, %s: %s %s".formatted(group.name(), names.get(index), Numbers.text(value), x.label()));
    svg.text("start", end + 6, bottom - 1, Numbers.text(value));
  }

  private double across(double value) {
    return LEFT + (RIGHT - LEFT) * x.scale().share(value);
  }
}
