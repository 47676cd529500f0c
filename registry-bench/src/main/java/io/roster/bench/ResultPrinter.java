package io.roster.bench;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import io.roster.node.cli.Table;
import java.io.PrintWriter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Shows results: a table for people, one line of JSON for programs. */
final class ResultPrinter {

  private static final Gson JSON = new GsonBuilder().serializeNulls().create();

  private ResultPrinter() {}

  /** Tells how far a run is, beside what it prints. */
  static void progress(String what) {
    System.err.println("bench: " + what);
  }

  static void print(Suite.Result result, PrintWriter out, boolean json) {
    var table = new Table("work", "unit", "ours", "peer", "theirs", "ratio", "goal", "met");
    for (Row row : result.rows()) {
      table.row(
          row.work(),
          row.unit(),
          figure(row.ours()),
          row.peer(),
          figure(row.theirs()),
          ratio(row.ratio()),
          ratio(row.goal()),
          row.met() == null ? "-" : row.met() ? "yes" : "no");
    }
    table.print(out);
    if (json) {
      out.println(JSON.toJson(result));
    }
    out.flush();
  }

  private static String figure(@Nullable Double value) {
    if (value == null) {
      return "-";
    }
    return String.format(Locale.ROOT, value < 1000 ? "%.1f" : "%,.0f", value);
  }

  private static String ratio(@Nullable Double value) {
    return value == null ? "-" : String.format(Locale.ROOT, "%.2f", value);
  }
}
