package io.roster.testkit.plot;

/** How plots look; a page that shows plots has {@link #CSS} in its head. Stateless. */
public final class PlotStyle {

  /** Eight colours that are told apart on light and on dark ground, by most eyes. */
  public static final String CSS =
      """
      :root { --axis: #5c6873; --grid: #e6eaee; --bound: #9a3412;
        --s0: #0b62c4; --s1: #c2410c; --s2: #047857; --s3: #7c3aed;
        --s4: #be185d; --s5: #a16207; --s6: #0e7490; --s7: #4b5563 }
      @media (prefers-color-scheme: dark) { :root { --axis: #98a4b0; --grid: #2a323b; --bound: #fdba74;
        --s0: #6cb2ff; --s1: #ff9457; --s2: #4ad6a0; --s3: #b79bff;
        --s4: #ff85b5; --s5: #e5c04b; --s6: #58cfe6; --s7: #b6c0cb } }
      svg { width: 100%; height: auto; display: block; font: 12.5px system-ui, sans-serif }
      svg text { fill: currentColor }
      svg .axis { stroke: var(--axis) } svg .grid { stroke: var(--grid) }
      svg .bound { stroke: var(--bound); stroke-dasharray: 6 4; fill: none }
      svg .way { fill: none; stroke-width: 2; stroke-linejoin: round }
      svg .hover { fill: transparent } svg .hover:hover { fill: currentColor; fill-opacity: .35 }
      """
          + colours();

  /** How many series have a colour of their own. */
  static final int COLOURS = 8;

  private PlotStyle() {}

  /** A mark around a point; the shape differs with the series, as the colour does. */
  static String mark(int series, double x, double y) {
    double r = 4;
    return switch (series % 4) {
      case 0 -> circle(x, y, r);
      case 1 -> polygon(x - r, y - r, x + r, y - r, x + r, y + r, x - r, y + r);
      case 2 -> polygon(x, y - r - 1, x + r + 1, y + r, x - r - 1, y + r);
      default -> polygon(x, y - r - 1, x + r + 1, y, x, y + r + 1, x - r - 1, y);
    };
  }

  static String circle(double x, double y, double radius) {
    var r = Svg.number(radius);
    return "M%s %sa%s %s 0 1 0 %s 0a%s %s 0 1 0 -%s 0z"
        .formatted(
            Svg.number(x - radius),
            Svg.number(y),
            r,
            r,
            Svg.number(2 * radius),
            r,
            r,
            Svg.number(2 * radius));
  }

  static String polygon(double... corners) {
    var way = new StringBuilder();
    for (int i = 0; i < corners.length; i += 2) {
      way.append(i == 0 ? 'M' : 'L')
          .append(Svg.number(corners[i]))
          .append(' ')
          .append(Svg.number(corners[i + 1]));
    }
    return way.append('z').toString();
  }

  private static String colours() {
    var css = new StringBuilder();
    for (int i = 0; i < COLOURS; i++) {
      css.append(
          "svg .way.s%1$d { stroke: var(--s%1$d) } svg .mark.s%1$d { fill: var(--s%1$d) }%n"
              .formatted(i));
    }
    return css.toString();
  }
}
