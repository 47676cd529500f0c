package io.roster.testkit.drill;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Splits a cluster and heals it: registers names, cuts the network, lets every side work on its
 * own, heals, waits until the replicas agree, and has the checker judge. Confined to one thread.
 */
public final class PartitionDrill {

  private static final Duration START_WITHIN = Duration.ofMinutes(3);
  private static final Duration ANSWERS_WITHIN = Duration.ofMinutes(1);
  private static final Duration DETECTED_WITHIN = Duration.ofSeconds(30);
  private static final Duration AGREED_WITHIN = Duration.ofMinutes(1);
  private static final Duration TOLD_WITHIN = Duration.ofSeconds(15);
  private static final Duration QUIET = Duration.ofSeconds(2);
  private static final Duration POLL = Duration.ofMillis(20);

  private final PartitionOptions options;
  private final PartitionWorkload workload;
  private final DrillCluster cluster;
  private final History history;
  private final Consumer<String> progress;

  /**
   * A drill that has not begun.
   *
   * @param history the one that the cluster tells
   * @param progress hears a line at every step, for people
   */
  public PartitionDrill(
      PartitionOptions options, DrillCluster cluster, History history, Consumer<String> progress) {
    this.options = options;
    this.workload = PartitionWorkload.of(options.split(), options.names());
    this.cluster = cluster;
    this.history = history;
    this.progress = progress;
  }

  /** Runs the drill; takes at least as long as the cut lasts. */
  public PartitionVerdict run() throws InterruptedException {
    progress.accept("waiting for %d nodes to see each other".formatted(options.split().nodes()));
    cluster.awaitWhole(START_WITHIN);
    registerBefore();
    long cutNanos = cut();
    workApart();
    sleepUntil(cutNanos + options.hold().toNanos());
    heal();
    var verdict =
        PartitionChecker.check(
            options.split(), history.entries(), finalState(), options.conflictsMin());
    verdict.complaints().forEach(complaint -> progress.accept("complaint: " + complaint));
    return verdict;
  }

  private void registerBefore() throws InterruptedException {
    progress.accept("registering %d names".formatted(workload.before().size()));
    claim(workload.before());
    if (!await(ANSWERS_WITHIN, this::agreed)) {
      progress.accept("not every replica has every name yet");
    }
  }

  private long cut() {
    progress.accept("cutting the network: " + options.split().sides());
    long nanos = history.nowNanos();
    history.add(new Event.Cut());
    cluster.split(options.split());
    return nanos;
  }

  private void workApart() throws InterruptedException {
    /* A cut shorter than this may be over before it is noticed; its work is then done blindly. */
    var notice =
        options.hold().compareTo(PartitionChecker.DETECTION_EXPECTED) < 0
            ? options.hold().dividedBy(2)
            : DETECTED_WITHIN;
    if (await(notice, this::detected)) {
      progress.accept("every node has seen the other sides go");
    }
    progress.accept(
        "on every side: %d names of its own, %d contested, %d taken over; %d removed"
            .formatted(
                workload.fresh().size() / options.split().sides().size(),
                names(workload.contested()),
                names(workload.takeOvers()),
                workload.removals().size()));
    workload.removals().forEach(cluster::remove);
    workload.fresh().forEach(cluster::claim);
    claim(workload.contested());
    claim(workload.rivals());
    claim(workload.takeOvers());
    awaitAnswers(workload.fresh());
    await(ANSWERS_WITHIN, () -> ids(Event.Removed.class).containsAll(ids(workload.removals())));
  }

  private void heal() throws InterruptedException {
    progress.accept("healing the network");
    history.add(new Event.Healed());
    cluster.heal();
    awaitAgreement();
    await(TOLD_WITHIN, this::everyLoserIsTold);
  }

  /* Agreement counts from the moment after which it was never broken again. */
  private void awaitAgreement() throws InterruptedException {
    long deadline = history.nowNanos() + AGREED_WITHIN.toNanos();
    long sinceNanos = -1;
    while (history.nowNanos() < deadline) {
      long nowNanos = history.nowNanos();
      if (!agreed()) {
        sinceNanos = -1;
      } else if (sinceNanos < 0) {
        sinceNanos = nowNanos;
        progress.accept("all replicas agree");
      } else if (nowNanos - sinceNanos >= QUIET.toNanos()) {
        history.addAt(sinceNanos, new Event.Agreed());
        return;
      }
      Thread.sleep(POLL);
    }
    progress.accept("the replicas do not agree");
  }

  private FinalState finalState() throws InterruptedException {
    return new FinalState(cluster.replicas(), cluster.alive());
  }

  private boolean agreed() throws InterruptedException {
    return PartitionChecker.agree(history.entries(), cluster.replicas());
  }

  private boolean detected() {
    var seen = new HashSet<>();
    history.entries().forEach(entry -> seen.add(entry.event()));
    for (int observer = 1; observer <= options.split().nodes(); observer++) {
      for (int subject = 1; subject <= options.split().nodes(); subject++) {
        if (options.split().sideOf(observer) != options.split().sideOf(subject)
            && !seen.contains(new Event.SawDown(observer, subject))) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean everyLoserIsTold() {
    var claims = new Claims(history.entries());
    return claims.standing().values().stream()
        .allMatch(
            list ->
                list.stream().filter(claim -> claims.timesTold(claim) > 0).count()
                    >= list.size() - 1);
  }

  private void claim(List<Claim> claims) throws InterruptedException {
    claims.forEach(cluster::claim);
    awaitAnswers(claims);
  }

  private void awaitAnswers(List<Claim> claims) throws InterruptedException {
    var wanted = ids(claims);
    if (!await(ANSWERS_WITHIN, () -> answered().containsAll(wanted))) {
      var answered = answered();
      claims.stream()
          .filter(claim -> !answered.contains(claim.id()))
          .forEach(claim -> history.add(new Event.Undecided(claim, "no answer in time")));
    }
  }

  private Set<Integer> answered() {
    var answered = ids(Event.Granted.class);
    answered.addAll(ids(Event.Denied.class));
    answered.addAll(ids(Event.Undecided.class));
    return answered;
  }

  private Set<Integer> ids(Class<? extends Event> kind) {
    var ids = new HashSet<Integer>();
    for (var entry : history.entries()) {
      if (kind.isInstance(entry.event())) {
        entry.event().claim().ifPresent(claim -> ids.add(claim.id()));
      }
    }
    return ids;
  }

  private static Set<Integer> ids(List<Claim> claims) {
    var ids = new HashSet<Integer>();
    claims.forEach(claim -> ids.add(claim.id()));
    return ids;
  }

  private static long names(List<Claim> claims) {
    return claims.stream().map(Claim::name).distinct().count();
  }

  private boolean await(Duration within, Condition condition) throws InterruptedException {
    long deadline = history.nowNanos() + within.toNanos();
    while (!condition.holds()) {
      if (history.nowNanos() >= deadline) {
        return false;
      }
      Thread.sleep(POLL);
    }
    return true;
  }

  private void sleepUntil(long nanos) throws InterruptedException {
    long left = nanos - history.nowNanos();
    if (left > 0) {
      progress.accept(
          "holding the cut for %.1f s more".formatted(Duration.ofNanos(left).toMillis() / 1000.0));
      Thread.sleep(Duration.ofNanos(left));
    }
  }

  /** Something that is waited for. */
  @FunctionalInterface
  private interface Condition {
    boolean holds() throws InterruptedException;
  }
}
