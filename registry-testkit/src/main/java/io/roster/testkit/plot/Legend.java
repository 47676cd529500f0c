package io.roster.testkit.plot;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The names of the series above a plot, in as many rows as they need. */
final class Legend {

  private static final double ROW = 20;
  private static final double MARK = 22;
  private static final double GAP = 18;

  /* Text cannot be measured here; the mean width of a letter of 12.5 px is below this. */
  private static final double LETTER = 7;

  private final List<String> names;
  private final boolean isOfLines;
  private final double left;
  private final double right;

  Legend(List<String> names, boolean isOfLines, double left, double right) {
    this.names = names;
    this.isOfLines = isOfLines;
    this.left = left;
    this.right = right;
  }

  double height() {
    return place(null);
  }

  void draw(Svg svg) {
    place(svg);
  }

  private double place(@Nullable Svg svg) {
    double x = left;
    double y = ROW;
    for (int i = 0; i < names.size(); i++) {
      double width = MARK + names.get(i).length() * LETTER;
      if (x > left && x + width > right) {
        x = left;
        y += ROW;
      }
      if (svg != null) {
        var colour = "s" + i % PlotStyle.COLOURS;
        if (isOfLines) {
          svg.path("way " + colour, "M%s %sh16".formatted(Svg.number(x), Svg.number(y - 9)));
        }
        svg.path("mark " + colour, PlotStyle.mark(isOfLines ? i : 1, x + 8, y - 9));
        svg.text("start", x + MARK, y - 5, names.get(i));
      }
      x += width + GAP;
    }
    return y + 6;
  }
}
