package io.roster.testkit.plot;

import java.util.ArrayList;
import java.util.List;

/**
 * Lines over two axes. Immutable.
 *
 * @param title what it shows, for those who do not see it
 * @param x the axis to the right
 * @param y the axis upwards
 * @param lines what was measured
 * @param bounds values that should not be passed, drawn across
 */
public record LinePlot(
    String title, Axis x, Axis y, List<Series> lines, List<LinePlot.Bound> bounds) {

  private static final double WIDTH = 760;
  private static final double HEIGHT = 300;
  private static final double LEFT = 84;
  private static final double RIGHT = WIDTH - 24;
  private static final double BELOW = 52;

  /** With more points than these only some of a line's points have marks. */
  private static final int MARKED_MAX = 12;

  /**
   * A value that should not be passed. Immutable.
   *
   * @param name what is asked for
   * @param value how much
   */
  public record Bound(String name, double value) {}

  /** Without bounds. */
  public LinePlot(String title, Axis x, Axis y, List<Series> lines) {
    this(title, x, y, lines, List.of());
  }

  /** The drawing. */
  public String svg() {
    var names = lines.stream().map(Series::name).toList();
    var legend = new Legend(names, true, LEFT, RIGHT);
    double top = legend.height();
    var svg = new Svg(WIDTH, top + HEIGHT + BELOW, title);
    legend.draw(svg);
    axes(svg, top);
    for (Bound bound : bounds) {
      double at = top + HEIGHT * (1 - y.scale().share(bound.value()));
      svg.line("bound", LEFT, at, RIGHT, at);
      svg.text("start", LEFT + 4, at < top + 20 ? at + 15 : at - 5, bound.name());
    }
    if (lines.stream().allMatch(line -> line.points().isEmpty())) {
      svg.text("middle", (LEFT + RIGHT) / 2, top + HEIGHT / 2, "not run");
    }
    for (int i = 0; i < lines.size(); i++) {
      draw(svg, top, i);
    }
    return svg.end();
  }

  /** All values of one axis of several series, to choose a scale by. */
  public static List<Double> values(List<Series> lines, boolean upwards) {
    return lines.stream()
        .flatMap(line -> line.points().stream())
        .map(point -> upwards ? point.y() : point.x())
        .toList();
  }

  private void axes(Svg svg, double top) {
    for (double tick : y.scale().ticks(7)) {
      double at = top + HEIGHT * (1 - y.scale().share(tick));
      svg.line("grid", LEFT, at, RIGHT, at);
      svg.text("end", LEFT - 8, at + 4, Numbers.text(tick));
    }
    for (double tick : x.scale().ticks(9)) {
      double at = across(tick);
      svg.line("axis", at, top + HEIGHT, at, top + HEIGHT + 5);
      svg.text("middle", at, top + HEIGHT + 19, Numbers.text(tick));
    }
    svg.line("axis", LEFT, top, LEFT, top + HEIGHT);
    svg.line("axis", LEFT, top + HEIGHT, RIGHT, top + HEIGHT);
    svg.text("middle", (LEFT + RIGHT) / 2, top + HEIGHT + 42, x.label());
    svg.upwards(16, top + HEIGHT / 2, y.label());
  }

  private void draw(Svg svg, double top, int index) {
    var line = lines.get(index);
    var colour = "s" + index % PlotStyle.COLOURS;
    var corners = new ArrayList<String>();
    for (Series.Point point : line.points()) {
      corners.add(Svg.number(across(point.x())) + " " + Svg.number(upwards(top, point.y())));
    }
    if (!corners.isEmpty()) {
      svg.path("way " + colour, "M" + String.join("L", corners));
    }
    int stride = (line.points().size() + MARKED_MAX - 1) / MARKED_MAX;
    for (int i = 0; i < line.points().size(); i++) {
      var point = line.points().get(i);
      boolean isMarked = i % stride == 0;
      double px = across(point.x());
      double py = upwards(top, point.y());
      svg.titled(
          isMarked ? "mark " + colour : "hover",
          isMarked ? PlotStyle.mark(index, px, py) : PlotStyle.circle(px, py, 5),
          "%s: %s %s at %s %s"
              .formatted(
                  line.name(),
                  Numbers.text(point.y()),
                  y.label(),
                  Numbers.text(point.x()),
                  x.label()));
    }
  }

  private double across(double value) {
    return LEFT + (RIGHT - LEFT) * x.scale().share(value);
  }

  private double upwards(double top, double value) {
    return top + HEIGHT * (1 - y.scale().share(value));
  }
}
