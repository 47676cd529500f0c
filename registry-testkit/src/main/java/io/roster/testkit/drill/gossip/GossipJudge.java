package io.roster.testkit.drill.gossip;

import io.roster.testkit.drill.gossip.Sighting.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Says whether the nodes saw a fault right: those that are gone for others are seen to go, by every
 * one of these, once and in time, and to come back as often; nobody else is. Pure.
 */
public final class GossipJudge {

  private final GossipDrillOptions options;
  private final Bounds bounds;
  private final Round round;
  private final List<String> complaints = new ArrayList<>();
  private final List<Seen> seen = new ArrayList<>();

  private GossipJudge(GossipDrillOptions options, Round round) {
    this.options = options;
    this.bounds = Bounds.of(options.fault());
    this.round = round;
  }

  /**
   * What one observer saw of those that it had to see go. Immutable.
   *
   * @param observer who
   * @param downMs milliseconds from the fault to the last of them seen to go; empty if one was not
   * @param backMs milliseconds from the fault's end to the last of them seen to be back; empty if
   *     one was not
   */
  public record Seen(int observer, OptionalLong downMs, OptionalLong backMs) {}

  /**
   * What came of one round. Immutable.
   *
   * @param seen one row for each observer that had to see somebody go
   * @param firstMs when the first observer saw the first one go
   * @param falseDeaths how often a node was taken for dead that the observer could reach, from the
   *     end of the round before on
   * @param accusations how often such a node was suspected
   * @param complaints every reason why the verdict is not pass
   */
  public record Judgement(
      List<Seen> seen,
      OptionalLong firstMs,
      int falseDeaths,
      int accusations,
      List<String> complaints) {

    /** Copies. */
    public Judgement {
      seen = List.copyOf(seen);
      complaints = List.copyOf(complaints);
    }

    /** When the last observer had seen the last one go; empty if that never happened. */
    public OptionalLong allMs() {
      return last(seen.stream().map(Seen::downMs).toList());
    }

    /** When the last observer had seen the last one come back; empty if that never happened. */
    public OptionalLong backMs() {
      return last(seen.stream().map(Seen::backMs).toList());
    }
  }

  /** Judges one round. */
  public static Judgement judge(GossipDrillOptions options, Round round) {
    return new GossipJudge(options, round).judge();
  }

  private Judgement judge() {
    var larger = options.largerSide(round.number());
    var smaller = options.smallerSide(round.number());
    for (int observer = 1; observer <= options.nodes(); observer++) {
      boolean isLarger = larger.contains(observer);
      if (options.fault().isSeen() && (isLarger || options.fault() == Fault.CUT)) {
        look(observer, isLarger ? smaller : larger, isLarger ? bounds.larger() : bounds.smaller());
      }
    }
    int falseDeaths = count(Kind.DOWN, larger, smaller);
    int early =
        (int) round.before().stream().filter(sighting -> sighting.kind() == Kind.DOWN).count();
    int accusations = count(Kind.SUSPECTED, larger, smaller);
    if (falseDeaths > 0) {
      complaints.add(
          "%d times a node was taken for dead that could be reached".formatted(falseDeaths));
    }
    if (early > 0) {
      complaints.add(
          "%d times a node was taken for dead before the fault, when all could be reached"
              .formatted(early));
    }
    if (accusations > 0 && options.fault() == Fault.BUSY) {
      complaints.add("%d times a node was suspected that could be reached".formatted(accusations));
    }
    if (!round.whole()) {
      complaints.add("at the end not every node sees all others alive");
    }
    return new Judgement(seen, first(), falseDeaths + early, accusations, complaints);
  }

  private void look(int observer, List<Integer> subjects, Duration bound) {
    var down = new ArrayList<OptionalLong>();
    var back = new ArrayList<OptionalLong>();
    for (int subject : subjects) {
      var downs = at(observer, subject, Kind.DOWN);
      var ups = at(observer, subject, Kind.UP);
      if (downs.size() != 1 || ups.size() != 1) {
        complaints.add(
            "n%d saw n%d go %d times and come %d times, expected once each"
                .formatted(observer, subject, downs.size(), ups.size()));
      }
      down.add(
          downs.isEmpty() ? OptionalLong.empty() : since(round.beginNanos(), downs.getFirst()));
      back.add(ups.isEmpty() ? OptionalLong.empty() : since(round.endNanos(), ups.getLast()));
    }
    var row = new Seen(observer, last(down), last(back));
    seen.add(row);
    late(observer, "saw the last one go", row.downMs(), bound);
    late(observer, "saw the last one come back", row.backMs(), bounds.back());
  }

  private void late(int observer, String what, OptionalLong millis, Duration bound) {
    if (millis.isPresent() && millis.getAsLong() > bound.toMillis()) {
      complaints.add(
          "n%d %s after %d ms, expected within %d ms"
              .formatted(observer, what, millis.getAsLong(), bound.toMillis()));
    }
  }

  /*
   * A node that nobody hears may think of the others what it likes; between all that reach each other
   * every such thought is wrong, also with one that was stopped and has just gone on.
   */
  private int count(Kind kind, List<Integer> larger, List<Integer> smaller) {
    return (int)
        round.sightings().stream()
            .filter(sighting -> sighting.kind() == kind)
            .filter(
                sighting ->
                    bothIn(larger, sighting)
                        || (options.fault() == Fault.CUT && bothIn(smaller, sighting))
                        || isOfOneThatGoesOn(smaller, sighting))
            .count();
  }

  private boolean isOfOneThatGoesOn(List<Integer> stopped, Sighting sighting) {
    return options.fault() == Fault.STOP
        && stopped.contains(sighting.observer())
        && sighting.atNanos() >= round.endNanos();
  }

  private static boolean bothIn(List<Integer> side, Sighting sighting) {
    return side.contains(sighting.observer()) && side.contains(sighting.subject());
  }

  private OptionalLong first() {
    var smaller = options.smallerSide(round.number());
    return round.sightings().stream()
        .filter(sighting -> sighting.kind() == Kind.DOWN)
        .filter(
            sighting ->
                smaller.contains(sighting.subject()) != smaller.contains(sighting.observer()))
        .mapToLong(sighting -> millis(sighting.atNanos() - round.beginNanos()))
        .min();
  }

  private List<Long> at(int observer, int subject, Kind kind) {
    return round.sightings().stream()
        .filter(sighting -> sighting.observer() == observer && sighting.subject() == subject)
        .filter(sighting -> sighting.kind() == kind)
        .map(Sighting::atNanos)
        .toList();
  }

  private static OptionalLong since(long fromNanos, long atNanos) {
    // Whoever starts again may be seen before its line that it is ready is read.
    return OptionalLong.of(Math.max(0, millis(atNanos - fromNanos)));
  }

  private static long millis(long nanos) {
    return Math.round(nanos / 1e6);
  }

  private static OptionalLong last(List<OptionalLong> moments) {
    return moments.stream().anyMatch(OptionalLong::isEmpty)
        ? OptionalLong.empty()
        : moments.stream().mapToLong(OptionalLong::getAsLong).max();
  }
}
