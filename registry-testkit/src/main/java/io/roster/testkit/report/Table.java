package io.roster.testkit.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Rows of texts under one header. Immutable.
 *
 * @param header the names of the columns
 * @param rows as many texts in each as there are columns
 */
public record Table(List<String> header, List<List<String>> rows) {

  private static final Pattern NUMBER = Pattern.compile("[-+]?[\\d,.]+( (ms|s|m|h|%|×))?|-|");

  /** Checks that every row has every column. */
  public Table {
    for (List<String> row : rows) {
      if (row.size() != header.size()) {
        throw new IllegalArgumentException(
            "expected %d columns, got: %s".formatted(header.size(), row));
      }
    }
  }

  /** For a page; columns of numbers are set to the right. */
  public String html() {
    return html(_ -> "");
  }

  /** The same, where {@code tone} gives a cell's text the name of a style, or none. */
  public String html(UnaryOperator<String> tone) {
    var html = new StringBuilder("<div class=\"wide\"><table>\n<thead><tr>");
    for (int column = 0; column < header.size(); column++) {
      html.append(cell("th scope=\"col\"", column, header.get(column), ""));
    }
    html.append("</tr></thead>\n<tbody>\n");
    for (List<String> row : rows) {
      html.append("<tr>");
      for (int column = 0; column < row.size(); column++) {
        html.append(cell("td", column, row.get(column), tone.apply(row.get(column))));
      }
      html.append("</tr>\n");
    }
    return html.append("</tbody></table></div>\n").toString();
  }

  /** For a terminal, and for Markdown, which the same lines are. */
  public String text() {
    var widths = IntStream.range(0, header.size()).mapToObj(this::width).toList();
    var lines = new ArrayList<String>();
    lines.add(line(header, widths));
    lines.add(
        IntStream.range(0, header.size())
            .mapToObj(
                column ->
                    isNumeric(column)
                        ? "-".repeat(widths.get(column) - 1) + ":"
                        : "-".repeat(widths.get(column)))
            .collect(Collectors.joining(" | ", "| ", " |")));
    rows.forEach(row -> lines.add(line(row, widths)));
    return String.join("\n", lines) + "\n";
  }

  private String line(List<String> row, List<Integer> widths) {
    return IntStream.range(0, row.size())
        .mapToObj(
            column -> {
              var text = escaped(row.get(column));
              var pad = " ".repeat(Math.max(0, widths.get(column) - text.length()));
              return isNumeric(column) ? pad + text : text + pad;
            })
        .collect(Collectors.joining(" | ", "| ", " |"));
  }

  private int width(int column) {
    var lengths = new ArrayList<Integer>(List.of(3, escaped(header.get(column)).length()));
    rows.forEach(row -> lengths.add(escaped(row.get(column)).length()));
    return Collections.max(lengths);
  }

  private static String escaped(String text) {
    return text.replace("|", "\\|");
  }

  private boolean isNumeric(int column) {
    return rows.stream().allMatch(row -> NUMBER.matcher(row.get(column)).matches());
  }

  private String cell(String element, int column, String text, String tone) {
    var style = (isNumeric(column) ? "number " : "") + tone;
    return "<%s%s>%s</%s>"
        .formatted(
            element,
            style.isEmpty() ? "" : " class=\"" + style.strip() + "\"",
            Page.escape(text),
            element.substring(0, 2));
  }
}
