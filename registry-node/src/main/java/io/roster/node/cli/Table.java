package io.roster.node.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows under a header, columns as wide as their widest cell; columns of numbers are flush right.
 * Control characters show as {@code ?}, so that no name can disturb a terminal. Confined to one
 * thread.
 */
public final class Table {

  private static final String GAP = "  ";

  private final List<String> header;
  private final List<List<String>> rows = new ArrayList<>();

  /** A table with these columns. */
  public Table(String... header) {
    this.header = List.of(header);
  }

  /** Adds a row. */
  public Table row(Object... cells) {
    if (cells.length != header.size()) {
      throw new IllegalArgumentException(
          "expected " + header.size() + " cells, got: " + cells.length);
    }
    var row = new ArrayList<String>();
    for (var cell : cells) {
      row.add(printable(String.valueOf(cell)));
    }
    rows.add(row);
    return this;
  }

  /** How many rows it has. */
  public int size() {
    return rows.size();
  }

  /** Prints header and rows, one line each. */
  public void print(PrintWriter out) {
    var widths = new int[header.size()];
    var right = new boolean[header.size()];
    for (int column = 0; column < widths.length; column++) {
      measure(column, widths, right);
    }
    printLine(out, header, widths, right);
    rows.forEach(row -> printLine(out, row, widths, right));
    out.flush();
  }

  private void measure(int column, int[] widths, boolean[] right) {
    widths[column] = width(header.get(column));
    right[column] = !rows.isEmpty();
    for (var row : rows) {
      var cell = row.get(column);
      widths[column] = Math.max(widths[column], width(cell));
      right[column] &= cell.matches("-|[-+]?[0-9][0-9,.]*( ?(ms|s|B|KB|MB|%))?");
    }
  }

  private static void printLine(
      PrintWriter out, List<String> cells, int[] widths, boolean[] right) {
    var line = new StringBuilder();
    for (int column = 0; column < widths.length; column++) {
      var cell = cells.get(column);
      var padding = " ".repeat(widths[column] - width(cell));
      line.append(column == 0 ? "" : GAP).append(right[column] ? padding + cell : cell + padding);
    }
    out.println(line.toString().stripTrailing());
  }

  private static int width(String text) {
    return text.codePointCount(0, text.length());
  }

  private static String printable(String text) {
    return text.codePoints()
        .map(c -> Character.isISOControl(c) ? '?' : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
