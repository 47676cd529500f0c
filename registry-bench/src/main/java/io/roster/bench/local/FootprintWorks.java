package io.roster.bench.local;

import io.roster.bench.ChildJvm;
import io.roster.bench.Goal;
import io.roster.bench.Group;
import io.roster.bench.Unit;
import io.roster.bench.Work;
import io.roster.bench.beam.BeamPeer;
import java.util.List;

/** What idle processes take, and how fast a million of them is there. */
final class FootprintWorks {

  private static final int IDLE = 500_000;
  private static final int MILLION = 1_000_000;
  private static final int LEAST = 10_000;

  /** A heap that holds a million processes without growing while they start. */
  private static final ChildJvm PROBE =
      new ChildJvm(
          FootprintProbe.class, List.of("-XX:+UseCompactObjectHeaders", "-Xms4g", "-Xmx4g"));

  private FootprintWorks() {}

  static Group group() {
    return new Group(
        "footprint",
        List.of(
            work("idle server", Unit.BYTES, "server_bytes", IDLE, 400),
            work("idle plain process", Unit.BYTES, "process_bytes", IDLE, 1_000),
            work("a million servers started", Unit.SECONDS, "million_servers", MILLION, 2)));
  }

  private static Work work(String title, Unit unit, String key, int full, double atMost) {
    return Work.of(
            title,
            unit,
            effort -> effort.medianOfPrograms(() -> probe(key, effort.count(full, LEAST))))
        .beside(BeamPeer.ERLANG, key, new Goal.AtMost(atMost));
  }

  private static double probe(String key, int count) throws Exception {
    Double figure = PROBE.run(List.of(key, String.valueOf(count))).get(key);
    if (figure == null) {
      throw new IllegalStateException("expected a figure for " + key + ", got: none");
    }
    return figure;
  }
}
