package io.roster.bench;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.roster.node.cli.Table;
import java.io.PrintWriter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Shows results: a table for people, one line of JSON for programs. */
final class ResultPrinter {

  private static final Gson JSON = new GsonBuilder().serializeNulls().create();

  private ResultPrinter() {}

  static void print(Suite.Result result, PrintWriter out, boolean json) {
    var table = new Table("work", "unit", "ours", "peer", "theirs", "ratio", "goal", "met");
    for (Row row : result.rows()) {
      table.row(
          row.work(),
          row.unit(),
          figure(row.ours()),
          row.peer() == null ? "-" : row.peer(),
          figure(row.theirs()),
          ratio(row.ratio()),
          goal(row.goal()),
          row.met() == null ? "-" : row.met() ? "yes" : "no");
    }
    table.print(out);
    if (json) {
      out.println(json(result));
    }
    out.flush();
  }

  /** One line. */
  static String json(Suite.Result result) {
    var rows = new JsonArray();
    result.rows().forEach(row -> rows.add(json(row)));
    var all = new JsonObject();
    all.addProperty("suite", result.suite());
    all.add("rows", rows);
    return JSON.toJson(all);
  }

  private static JsonObject json(Row row) {
    var object = new JsonObject();
    object.addProperty("work", row.work());
    object.addProperty("unit", row.unit());
    object.addProperty("ours", row.ours());
    object.addProperty("peer", row.peer());
    object.addProperty("theirs", row.theirs());
    object.addProperty("ratio", row.ratio());
    switch (row.goal()) {
      case Goal.None() -> object.addProperty("goal", (Double) null);
      case Goal.Ratio(double factor) -> object.addProperty("goal", factor);
      case Goal.AtMost(double bound) -> object.addProperty("atMost", bound);
      case Goal.AtLeast(double bound) -> object.addProperty("atLeast", bound);
    }
    object.addProperty("met", row.met());
    return object;
  }

  private static String goal(Goal goal) {
    return switch (goal) {
      case Goal.None() -> "-";
      case Goal.Ratio(double factor) -> "ratio ≥ " + bound(factor);
      case Goal.AtMost(double bound) -> "≤ " + bound(bound);
      case Goal.AtLeast(double bound) -> "≥ " + bound(bound);
    };
  }

  private static String bound(double value) {
    return String.format(Locale.ROOT, value == Math.rint(value) ? "%,.0f" : "%.1f", value);
  }

  private static String figure(@Nullable Double value) {
    return value == null ? "-" : Figures.text(value);
  }

  private static String ratio(@Nullable Double value) {
    return value == null ? "-" : String.format(Locale.ROOT, "%.2f", value);
  }
}
