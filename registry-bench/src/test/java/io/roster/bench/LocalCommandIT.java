package io.roster.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.roster.bench.beam.BeamPeer;
import io.roster.node.cli.Main;
import io.roster.node.cli.RosterCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Runs the whole suite, so small that its figures mean nothing, with the peers that are here. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LocalCommandIT {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void a_quick_run_ends_with_a_row_for_every_goal() {
    int code = run("bench", "local", "--quick", "--json");

    assertThat(err.toString()).doesNotContain("roster:");
    assertThat(code).isEqualTo(RosterCommand.OK);
    var last = out.toString().lines().toList().getLast();
    var result = JsonParser.parseString(last).getAsJsonObject();
    assertThat(result.keySet()).containsExactly("suite", "rows");
    assertThat(result.get("suite").getAsString()).isEqualTo("local");
    JsonArray rows = result.getAsJsonArray("rows");
    rows.forEach(row -> checkForm(row.getAsJsonObject()));
    assertThat(titled(rows, "goal", " ≥ "))
        .contains(
            "spawn and exit ≥ 4",
            "call 1→1 ≥ 1.5",
            "call 100→1 ≥ 3.5",
            "call 100 pairs ≥ 3",
            "cast 1→1 ≥ 2",
            "cast 8→1 ≥ 4",
            "cast 100 pairs ≥ 4",
            "plain send 1→1 ≥ 1.3",
            "registry lookup ≥ 20",
            "call through the registry ≥ 3",
            "spawn, register and exit ≥ 10",
            "dispatch to 1,000 ≥ 4",
            "dynamic child started and terminated ≥ 5",
            "dynamic child named through the registry ≥ 5",
            "task async and await ≥ 3");
    assertThat(titled(rows, "atMost", " ≤ "))
        .contains(
            "idle server ≤ 400",
            "idle plain process ≤ 1000",
            "a million servers started ≤ 2",
            "kill to restarted and registered again ≤ 60")
        .hasSize(4 + 9);
  }

  @Test
  void a_word_in_no_title_is_refused_before_anything_is_measured() {
    assertThat(run("bench", "local", "--only", "teleport")).isEqualTo(RosterCommand.USAGE);

    assertThat(err.toString())
        .contains("expected a part of the title of a group (messages, footprint, registry,")
        .contains("got: teleport");
    assertThat(out.toString()).isEmpty();
  }

  private static void checkForm(JsonObject row) {
    assertThat(row.keySet())
        .containsSubsequence("work", "unit", "ours", "peer", "theirs", "ratio", "met")
        .hasSize(8);
    assertThat(row.get("ours").getAsDouble()).as(row.toString()).isNotNegative();
    boolean isBound = row.has("atMost") || row.has("atLeast");
    assertThat(isBound).as(row.toString()).isNotEqualTo(row.has("goal"));
    JsonElement peer = row.get("peer");
    boolean isCompared = !row.get("theirs").isJsonNull();
    assertThat(row.get("ratio").isJsonNull()).as(row.toString()).isNotEqualTo(isCompared);
    boolean isHeldToRatio = row.has("goal") && !row.get("goal").isJsonNull();
    assertThat(row.get("met").isJsonNull())
        .as(row.toString())
        .isNotEqualTo(isBound || (isHeldToRatio && isCompared));
    if (peer.isJsonNull()) {
      assertThat(isCompared).as(row.toString()).isFalse();
    } else if (isWhollyInstalled(peer.getAsString())) {
      assertThat(isCompared).as(row.toString()).isTrue();
    }
  }

  /** Of the BEAM some programs may be installed and others not. */
  private static boolean isWhollyInstalled(String peer) {
    return !peer.equals(BeamPeer.ERLANG.title())
        || Arrays.stream(BeamPeer.values()).allMatch(BeamPeer::isInstalled);
  }

  private static List<String> titled(JsonArray rows, String goal, String sign) {
    var titles = new ArrayList<String>();
    for (JsonElement element : rows) {
      JsonObject row = element.getAsJsonObject();
      // A row that only compares has no goal.
      if (row.has(goal) && !row.get(goal).isJsonNull()) {
        String bound = row.get(goal).getAsBigDecimal().stripTrailingZeros().toPlainString();
        titles.add(row.get("work").getAsString() + sign + bound);
      }
    }
    return titles;
  }

  private int run(String... arguments) {
    return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }
}
