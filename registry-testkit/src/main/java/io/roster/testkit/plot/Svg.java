package io.roster.testkit.plot;

import io.roster.testkit.report.Page;
import java.util.Locale;

/** Writes SVG elements, one after the other. Not thread-safe. */
final class Svg {

  private final StringBuilder out = new StringBuilder();

  /**
   * A drawing of {@code width} by {@code height} that people who do not see it hear as described.
   */
  Svg(double width, double height, String description) {
    add(
        "<svg viewBox=\"0 0 %s %s\" role=\"img\" aria-label=\"%s\">"
            .formatted(number(width), number(height), Page.escape(description)));
  }

  void line(String style, double x1, double y1, double x2, double y2) {
    add(
        "<line class=\"%s\" x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"/>"
            .formatted(style, number(x1), number(y1), number(x2), number(y2)));
  }

  /** Text whose {@code anchor} (start, middle or end) lies at the point. */
  void text(String anchor, double x, double y, String text) {
    add(
        "<text text-anchor=\"%s\" x=\"%s\" y=\"%s\">%s</text>"
            .formatted(anchor, number(x), number(y), Page.escape(text)));
  }

  /** Text from bottom to top, its middle at the point. */
  void upwards(double x, double y, String text) {
    add(
        "<text text-anchor=\"middle\" transform=\"translate(%s %s) rotate(-90)\">%s</text>"
            .formatted(number(x), number(y), Page.escape(text)));
  }

  void path(String style, String way) {
    add("<path class=\"%s\" d=\"%s\"/>".formatted(style, way));
  }

  /** A shape that shows {@code title} to who points at it. */
  void titled(String style, String way, String title) {
    add(
        "<path class=\"%s\" d=\"%s\"><title>%s</title></path>"
            .formatted(style, way, Page.escape(title)));
  }

  String end() {
    return out.append("</svg>\n").toString();
  }

  static String number(double value) {
    return value == Math.rint(value)
        ? Long.toString((long) value)
        : String.format(Locale.ROOT, "%.1f", value);
  }

  private void add(String element) {
    out.append(element).append('\n');
  }
}
