package io.roster.testkit.gossip.report;

import io.roster.testkit.gossip.Figures;
import io.roster.testkit.gossip.Scenario;
import io.roster.testkit.plot.Axis;
import io.roster.testkit.plot.LinePlot;
import io.roster.testkit.plot.Numbers;
import io.roster.testkit.plot.Scale;
import io.roster.testkit.plot.Series;
import io.roster.testkit.plot.Series.Point;
import io.roster.testkit.report.Table;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** What the plots of several questions have in common. Stateless. */
final class Charts {

  static final String NODES = "nodes";
  static final String SECONDS = "seconds";

  /** Beyond so many points a curve looks no different. */
  private static final int POINTS_MAX = 80;

  private Charts() {}

  /** A value of each row over the number of nodes; rows without one are left out. */
  static Series byNodes(String name, List<Row> rows, Function<Row, List<Double>> value) {
    return over(name, rows, Row::nodes, value);
  }

  /** A value of each row over another. */
  static Series over(
      String name, List<Row> rows, ToDoubleFunction<Row> x, Function<Row, List<Double>> value) {
    var points = new ArrayList<Point>();
    for (Row row : rows) {
      for (double y : row.isSeen() ? value.apply(row) : List.<Double>of()) {
        points.add(new Point(x.applyAsDouble(row), y));
      }
    }
    return new Series(name, List.copyOf(points));
  }

  /** A quantile of times, in seconds. */
  static Function<Row, List<Double>> seconds(double share, Function<Figures, List<Long>> values) {
    return row -> row.seconds(share, values);
  }

  /** Which share of the values is not above each of them, in percent. */
  static Series distribution(String name, List<Double> values) {
    var sorted = values.stream().sorted().toList();
    var points = new ArrayList<Point>();
    int step = Math.max(1, sorted.size() / POINTS_MAX);
    for (int i = 0; i < sorted.size(); i += step) {
      points.add(new Point(sorted.get(i), 100.0 * (i + 1) / sorted.size()));
    }
    if (!sorted.isEmpty() && points.getLast().y() < 100) {
      points.add(new Point(sorted.getLast(), 100));
    }
    return new Series(name, List.copyOf(points));
  }

  /** Times over the number of nodes, from zero. */
  static LinePlot timesByNodes(
      String title, String unit, List<Series> lines, List<LinePlot.Bound> bounds) {
    var highest = new ArrayList<>(LinePlot.values(lines, true));
    bounds.forEach(bound -> highest.add(bound.value() * 1.1));
    return new LinePlot(
        title, nodes(lines), new Axis(unit, Scale.fromZero(highest)), lines, bounds);
  }

  static Axis nodes(List<Series> lines) {
    return new Axis(NODES, Scale.marked(LinePlot.values(lines, false)));
  }

  /** Shares in percent over time. */
  static LinePlot shares(String title, String across, String upwards, List<Series> lines) {
    var times = new Axis(across, Scale.fromZero(LinePlot.values(lines, false)));
    return new LinePlot(title, times, new Axis(upwards, new Scale.Linear(0, 100)), lines);
  }

  /** One row for each place on the first axis, one column for each series. */
  static Table table(String first, List<Series> lines) {
    var header = new ArrayList<String>(List.of(first));
    lines.forEach(line -> header.add(line.name()));
    var rows = new ArrayList<List<String>>();
    for (double x : LinePlot.values(lines, false).stream().distinct().sorted().toList()) {
      var row = new ArrayList<String>(List.of(Numbers.text(x)));
      lines.forEach(line -> row.add(at(line, x)));
      rows.add(List.copyOf(row));
    }
    return new Table(List.copyOf(header), List.copyOf(rows));
  }

  /** When given shares were reached, one row for each series. */
  static Table reached(String unit, List<Series> lines) {
    var shares = List.of(1.0, 10.0, 50.0, 90.0, 99.0, 100.0);
    var header = new ArrayList<String>(List.of(unit + " until"));
    shares.forEach(share -> header.add(Numbers.text(share) + " %"));
    var rows = new ArrayList<List<String>>();
    for (Series line : lines) {
      var row = new ArrayList<String>(List.of(line.name()));
      for (double share : shares) {
        row.add(
            line.points().stream()
                .filter(point -> point.y() >= share - 1e-9)
                .findFirst()
                .map(point -> Numbers.text(point.x()))
                .orElse("-"));
      }
      rows.add(List.copyOf(row));
    }
    return new Table(List.copyOf(header), List.copyOf(rows));
  }

  static List<Row> with(Collection<Row> rows, Scenario scenario) {
    return rows.stream().filter(row -> row.options().scenario() == scenario).toList();
  }

  private static String at(Series line, double x) {
    return line.points().stream()
        .filter(point -> point.x() == x)
        .findFirst()
        .map(point -> Numbers.text(point.y()))
        .orElse("-");
  }
}
