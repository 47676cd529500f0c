package io.roster.testkit.drill;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Judges a split. Pure: it knows what was told to whoever ran the drill and what the nodes said at
 * the end, and nothing of how names work.
 *
 * <p>What must hold: within one side a name has one holder; afterwards every name that somebody
 * held and did not give up has exactly one holder, which every replica names; every other claim to
 * it was told once that it lost, and the holder never was; what was given up stays away; all
 * replicas are equal.
 */
public final class PartitionChecker {

  /** A shorter cut may end before anybody has noticed it. */
  static final Duration DETECTION_EXPECTED = Duration.ofSeconds(5);

  private static final int EXAMPLES_MAX = 3;

  private final Split split;
  private final List<History.Entry> history;
  private final FinalState end;
  private final Claims claims;
  private final List<String> complaints = new ArrayList<>();

  private PartitionChecker(Split split, List<History.Entry> history, FinalState end) {
    this.split = split;
    this.history = history;
    this.end = end;
    this.claims = new Claims(history);
  }

  /**
   * Judges.
   *
   * @param conflictsMin fewer contested names than this make the drill worthless, so it fails
   */
  public static PartitionVerdict check(
      Split split, List<History.Entry> history, FinalState end, int conflictsMin) {
    return new PartitionChecker(split, history, end).check(conflictsMin);
  }

  /**
   * Whether every replica is the same, has every name that should exist and none that was given up.
   */
  public static boolean agree(
      List<History.Entry> history, Map<Integer, Map<String, String>> replicas) {
    var claims = new Claims(history);
    var end = new FinalState(replicas, Set.of());
    return end.replicasEqual()
        && replicas.values().stream()
            .allMatch(
                replica ->
                    replica.keySet().containsAll(claims.standing().keySet())
                        && claims.gone().stream().noneMatch(replica::containsKey));
  }

  private PartitionVerdict check(int conflictsMin) {
    var standing = claims.standing();
    var one = new TreeSet<String>();
    var none = new TreeSet<String>();
    var many = new TreeSet<String>();
    standing.forEach((name, list) -> ownership(name, list, one, none, many));
    complainIf(none, "without an owner everywhere");
    complainIf(many, "with more than one owner");
    var back = claims.gone().stream().filter(this::isBack).collect(Collectors.toSet());
    complainIf(back, "given up and back again");

    int conflicts = (int) standing.values().stream().filter(list -> list.size() > 1).count();
    if (conflicts < conflictsMin) {
      complaints.add("%d contested names, expected at least %d".formatted(conflicts, conflictsMin));
    }
    int losers = standing.values().stream().mapToInt(list -> list.size() - 1).sum();
    int told = (int) standing.values().stream().flatMap(List::stream).filter(this::isTold).count();
    if (told != losers) {
      complaints.add("%d claims had to give way, %d were told once".formatted(losers, told));
    }
    checkTellings(standing);
    checkSides(standing);
    if (!end.replicasEqual()) {
      complaints.add("replicas differ");
    }
    var detectMs = detectMs();
    var healMs = healMs();
    return new PartitionVerdict(
        split.nodes(),
        standing.size(),
        conflicts,
        losers,
        told,
        one.size(),
        none.size(),
        many.size(),
        back.size(),
        end.replicasEqual(),
        detectMs,
        healMs,
        complaints);
  }

  private void ownership(
      String name, List<Claim> list, Set<String> one, Set<String> none, Set<String> many) {
    var alive = list.stream().filter(claim -> end.alive().contains(claim.id())).toList();
    var owners = new HashSet<String>();
    boolean missing = false;
    for (var replica : end.replicas().values()) {
      var owner = replica.get(name);
      if (owner == null) {
        missing = true;
      } else {
        owners.add(owner);
      }
    }
    if (alive.size() > 1 || owners.size() > 1) {
      many.add(name);
    } else if (missing || alive.isEmpty() || !owners.contains(claims.pid(alive.getFirst()))) {
      none.add(name);
    } else {
      one.add(name);
    }
  }

  private boolean isBack(String name) {
    return end.replicas().values().stream().anyMatch(replica -> replica.containsKey(name));
  }

  private boolean isTold(Claim claim) {
    return !end.alive().contains(claim.id()) && claims.timesTold(claim) == 1;
  }

  /* Who may have been told what: an owner nothing, a loser one thing, nobody dies of anything else. */
  private void checkTellings(Map<String, List<Claim>> standing) {
    var tooOften = new TreeSet<String>();
    var wrongly = new TreeSet<String>();
    var dead = new TreeSet<String>();
    for (var list : standing.values()) {
      for (var claim : list) {
        if (claims.timesTold(claim) > 1) {
          tooOften.add(claim.name());
        }
        if (end.alive().contains(claim.id()) && claims.timesTold(claim) > 0) {
          wrongly.add(claim.name());
        }
        if (!claims.unexpectedEnding(claim).isEmpty()) {
          dead.add(claim.name() + " (" + claims.unexpectedEnding(claim) + ")");
        }
      }
    }
    complainIf(tooOften, "whose loser was told more than once");
    complainIf(wrongly, "whose owner was told that it lost");
    complainIf(dead, "whose holder ended without being told");
    complainIf(
        claims.undecided().stream().map(Claim::name).collect(Collectors.toCollection(TreeSet::new)),
        "with a claim that got no answer");
  }

  private void checkSides(Map<String, List<Claim>> standing) {
    var doubled = new TreeSet<String>();
    standing.forEach(
        (name, list) -> {
          long sides = list.stream().map(claim -> split.sideOf(claim.node())).distinct().count();
          if (sides < list.size()) {
            doubled.add(name);
          }
        });
    complainIf(doubled, "granted twice on one side");
  }

  private OptionalLong detectMs() {
    var cut = History.first(history, Event.Cut.class::isInstance);
    var healed = History.first(history, Event.Healed.class::isInstance);
    if (cut.isEmpty() || healed.isEmpty()) {
      complaints.add("the network was never cut, or never healed");
      return OptionalLong.empty();
    }
    var missing = new ArrayList<String>();
    long latest = cut.get();
    for (int observer = 1; observer <= split.nodes(); observer++) {
      for (int subject = 1; subject <= split.nodes(); subject++) {
        if (split.sideOf(observer) != split.sideOf(subject)) {
          var seen = seenDown(observer, subject, cut.get(), healed.get());
          if (seen.isEmpty()) {
            missing.add("node %d did not see node %d go".formatted(observer, subject));
          } else {
            latest = Math.max(latest, seen.getAsLong());
          }
        }
      }
    }
    if (missing.isEmpty()) {
      return OptionalLong.of(millis(latest - cut.get()));
    }
    if (healed.get() - cut.get() >= DETECTION_EXPECTED.toNanos()) {
      complaints.add(
          "while the network was cut %s%s"
              .formatted(
                  missing.getFirst(),
                  missing.size() > 1 ? " (and %d more)".formatted(missing.size() - 1) : ""));
    }
    return OptionalLong.empty();
  }

  private OptionalLong seenDown(int observer, int subject, long fromNanos, long toNanos) {
    var event = new Event.SawDown(observer, subject);
    return history.stream()
        .filter(e -> e.event().equals(event) && e.atNanos() >= fromNanos && e.atNanos() <= toNanos)
        .mapToLong(History.Entry::atNanos)
        .findFirst();
  }

  private OptionalLong healMs() {
    var healed = History.first(history, Event.Healed.class::isInstance);
    var agreed = History.first(history, Event.Agreed.class::isInstance);
    if (healed.isEmpty() || agreed.isEmpty()) {
      complaints.add("the replicas never agreed on one owner each");
      return OptionalLong.empty();
    }
    return OptionalLong.of(millis(agreed.get() - healed.get()));
  }

  private void complainIf(Set<String> names, String what) {
    if (!names.isEmpty()) {
      complaints.add(
          "%d name%s %s: %s%s"
              .formatted(
                  names.size(),
                  names.size() == 1 ? "" : "s",
                  what,
                  names.stream().sorted().limit(EXAMPLES_MAX).collect(Collectors.joining(", ")),
                  names.size() > EXAMPLES_MAX ? ", …" : ""));
    }
  }

  private static long millis(long nanos) {
    return Duration.ofNanos(nanos).toMillis();
  }
}
