package io.roster.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One run of a suite. What cannot be measured costs its own row and no other. Confined to one
 * thread.
 */
public final class Session {

  private final Suite suite;
  private final Effort effort;
  private final Consumer<String> progress;
  private final int works;
  private final List<Row> rows = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();
  private int measured;

  private Session(Suite suite, Effort effort, Consumer<String> progress) {
    this.suite = suite;
    this.effort = effort;
    this.progress = progress;
    this.works = suite.groups().stream().mapToInt(group -> group.works().size()).sum();
  }

  /** Measures everything and tells {@code progress} how far it is. */
  public static Suite.Result run(Suite suite, Effort effort, Consumer<String> progress)
      throws InterruptedException {
    return new Session(suite, effort, progress).run();
  }

  private Suite.Result run() throws InterruptedException {
    for (Group group : suite.groups()) {
      measure(group);
    }
    return new Suite.Result(suite.suite(), rows, failures);
  }

  private void measure(Group group) throws InterruptedException {
    tellDistance();
    var ours = new HashMap<Work, Double>();
    for (Work work : group.works()) {
      measured++;
      Double figure = ours(work);
      if (figure != null) {
        ours.put(work, figure);
        progress.accept(
            "[%d/%d] %s: %s %s"
                .formatted(
                    measured, works, work.title(), Figures.text(figure), work.unit().symbol()));
      }
    }
    tellDistance();
    var theirs = new HashMap<Peer, Map<String, Double>>();
    for (var asked : group.keysByPeer().entrySet()) {
      theirs.put(asked.getKey(), theirs(group, asked.getKey(), asked.getValue()));
    }
    for (Work work : group.works()) {
      for (Comparison comparison : work.comparisons()) {
        Peer peer = comparison.peer();
        Double figure =
            peer == null ? null : theirs.getOrDefault(peer, Map.of()).get(comparison.key());
        rows.add(Row.of(work, comparison, ours.get(work), figure));
      }
    }
  }

  /** Figures of moments that differ in this cannot be compared. */
  private void tellDistance() throws InterruptedException {
    progress.accept("a number takes %d ns from core to core".formatted(CoreDistance.nanos()));
  }

  private @Nullable Double ours(Work work) throws InterruptedException {
    try {
      return work.measurement().measure(effort);
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      fail(work.title(), e);
      return null;
    }
  }

  private Map<String, Double> theirs(Group group, Peer peer, Set<String> keys)
      throws InterruptedException {
    if (!peer.isInstalled()) {
      progress.accept(peer.title() + " is not installed: no comparison of " + group.title());
      return Map.of();
    }
    progress.accept(peer.title() + ": " + group.title());
    try {
      Map<String, Double> figures = peer.measure(keys, effort);
      for (String key : keys) {
        if (!figures.containsKey(key)) {
          failures.add(peer.title() + ": expected a figure for " + key + ", got: none");
        }
      }
      return figures;
    } catch (IOException e) {
      fail(peer.title(), e);
      return Map.of();
    }
  }

  private void fail(String what, Exception why) {
    String failure = what + ": " + why;
    failures.add(failure);
    progress.accept(failure);
  }
}
