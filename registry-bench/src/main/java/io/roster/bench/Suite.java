package io.roster.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Works that are measured in one session, ours first, then the peer's. Immutable.
 *
 * @param suite its name
 * @param works what is measured, in this order
 */
public record Suite(String suite, List<Work> works) {

  /** Measures everything and tells how far it is. */
  public Result run(Peer peer, Consumer<String> progress) throws Exception {
    var ours = new ArrayList<Double>();
    for (Work work : works) {
      progress.accept("ours: " + work.title());
      ours.add(work.measurement().measure());
    }
    progress.accept(peer.name() + ": all works");
    Map<String, Double> theirs = peer.measure(suite);
    if (theirs.isEmpty()) {
      progress.accept(peer.name() + " is not installed: no comparison");
    }
    var rows = new ArrayList<Row>();
    for (int i = 0; i < works.size(); i++) {
      rows.add(Row.of(works.get(i), ours.get(i), peer.name(), theirs.get(works.get(i).key())));
    }
    return new Result(suite, rows);
  }

  /**
   * What came of a suite. The components are the keys of the JSON form. Immutable.
   *
   * @param suite its name
   * @param rows one for each work
   */
  public record Result(String suite, List<Row> rows) {}
}
