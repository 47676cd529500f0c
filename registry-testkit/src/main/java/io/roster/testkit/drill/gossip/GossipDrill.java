package io.roster.testkit.drill.gossip;

import io.roster.testkit.network.NetnsNetwork;
import io.roster.testkit.network.NetnsNetwork.Direction;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Does one thing to real nodes that gossip, over and over, and has the judge look at what they saw.
 * Confined to one thread.
 */
public final class GossipDrill {

  private static final Duration START_WITHIN = Duration.ofMinutes(2);
  private static final Duration BACK_WITHIN = Duration.ofSeconds(30);

  private static final Duration CALM_WITHIN = Duration.ofMinutes(2);

  /** For how long sightings are taken after everybody is back. */
  private static final Duration REST = Duration.ofSeconds(2);

  private static final Duration POLL = Duration.ofMillis(20);
  private static final int BUSY_PER_CORE = 2;

  private final GossipDrillOptions options;
  private final GossipHosts hosts;
  private final Consumer<String> progress;

  /** What belongs to the start or to a round that is over. */
  private final Set<Sighting> told = new HashSet<>();

  private GossipDrill(GossipDrillOptions options, GossipHosts hosts, Consumer<String> progress) {
    this.options = options;
    this.hosts = hosts;
    this.progress = progress;
  }

  /**
   * Runs all rounds.
   *
   * @param logs the folder for the nodes' logs
   * @param progress hears a line at every step, for people
   * @throws IllegalStateException if this machine does not allow it, or the nodes do not start
   */
  public static GossipVerdict run(GossipDrillOptions options, Path logs, Consumer<String> progress)
      throws InterruptedException {
    progress.accept("starting %d nodes".formatted(options.nodes()));
    try (var hosts = GossipHosts.start(options.nodes(), logs, START_WITHIN)) {
      return new GossipDrill(options, hosts, progress).rounds();
    }
  }

  private GossipVerdict rounds() throws InterruptedException {
    if (!await(START_WITHIN, this::isWhole)) {
      throw new IllegalStateException("the nodes have not found each other within two minutes");
    }
    /*
     * JVMs that have just started fight for the cores and run nothing compiled, which the fault is not
     * to be blamed for.
     */
    progress.accept(
        "waiting until nobody has suspected anybody for %s s"
            .formatted(options.calm().toMillis() / 1_000.0));
    awaitCalm();
    told.addAll(hosts.since(Long.MIN_VALUE));
    int startDeaths =
        (int) told.stream().filter(sighting -> sighting.kind() == Sighting.Kind.DOWN).count();
    var judgements = new ArrayList<GossipJudge.Judgement>();
    for (int round = 0; round < options.rounds(); round++) {
      awaitCalm();
      var judgement = GossipJudge.judge(options, round(round));
      judgement.complaints().forEach(complaint -> progress.accept("complaint: " + complaint));
      judgements.add(judgement);
    }
    return new GossipVerdict(options, startDeaths, judgements);
  }

  private void awaitCalm() throws InterruptedException {
    if (!await(CALM_WITHIN, () -> isWhole() && hosts.isCalm(options.calm()))) {
      throw new IllegalStateException(
          "the nodes go on to suspect each other without any fault; this machine may be too busy");
    }
  }

  private Round round(int number) throws InterruptedException {
    int victim = options.victim(number);
    long began = System.nanoTime();
    switch (options.fault()) {
      case KILL -> {
        say("killing n" + victim);
        began = System.nanoTime();
        hosts.node(victim).kill();
      }
      case STOP -> {
        say("stopping n" + victim);
        began = System.nanoTime();
        hosts.node(victim).pause();
      }
      case CUT -> {
        say("cutting " + options.smallerSide(number) + " off " + options.largerSide(number));
        began = System.nanoTime();
        hosts.network().split(List.of(options.smallerSide(number), options.largerSide(number)));
      }
      case ONEWAY -> {
        say("losing what n" + victim + " sends");
        began = System.nanoTime();
        hosts.network().cut(from(victim));
      }
      case PARTIAL -> {
        say("cutting between the nodes " + options.pair(number));
        began = System.nanoTime();
        hosts.network().split(options.pair(number).stream().map(List::of).toList());
      }
      case BUSY -> {
        int programs = BUSY_PER_CORE * Runtime.getRuntime().availableProcessors();
        say("keeping the cores busy with %d programs".formatted(programs));
        hosts.keepBusy(programs);
      }
    }
    hold(number, began);
    // A node that is started again forgets what it saw, so this comes before the end.
    var before = before(began);
    long ended = end(victim);
    boolean whole = await(BACK_WITHIN, this::isWhole);
    Thread.sleep(REST);
    var sightings = hosts.since(began);
    told.addAll(before);
    told.addAll(sightings);
    return new Round(number, began, ended, before, sightings, whole && isWhole());
  }

  private List<Sighting> before(long nanos) {
    return hosts.since(Long.MIN_VALUE).stream()
        .filter(sighting -> sighting.atNanos() < nanos && !told.contains(sighting))
        .toList();
  }

  private void hold(int number, long began) throws InterruptedException {
    if (options.fault() == Fault.KILL) {
      var others = options.largerSide(number);
      int victim = options.victim(number);
      if (await(BACK_WITHIN, () -> hosts.gone(others, victim))) {
        say("every other node has seen it go");
      }
    }
    long left = began + options.hold().toNanos() - System.nanoTime();
    if (left > 0) {
      Thread.sleep(Duration.ofNanos(left));
    }
  }

  /* The moment from which everybody can be back. */
  private long end(int victim) throws InterruptedException {
    return switch (options.fault()) {
      case KILL -> {
        say("starting it again");
        hosts.forgetViewOf(victim);
        hosts.begin(victim);
        hosts.node(victim).awaitReady(START_WITHIN);
        yield System.nanoTime();
      }
      case STOP -> {
        say("letting it go on");
        long nanos = System.nanoTime();
        hosts.node(victim).resume();
        yield nanos;
      }
      case CUT, ONEWAY, PARTIAL -> {
        say("healing the network");
        hosts.network().heal();
        yield System.nanoTime();
      }
      case BUSY -> {
        say("leaving the cores alone");
        hosts.rest();
        yield System.nanoTime();
      }
    };
  }

  private List<Direction> from(int victim) {
    return NetnsNetwork.directions(
            List.of(List.of(victim), all().stream().filter(node -> node != victim).toList()))
        .stream()
        .filter(direction -> direction.from() == victim)
        .toList();
  }

  private boolean isWhole() {
    return hosts.sees(all(), all());
  }

  private List<Integer> all() {
    return IntStream.rangeClosed(1, options.nodes()).boxed().toList();
  }

  private void say(String line) {
    progress.accept(line);
  }

  private static boolean await(Duration within, BooleanSupplier condition)
      throws InterruptedException {
    long deadline = System.nanoTime() + within.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() >= deadline) {
        return false;
      }
      Thread.sleep(POLL);
    }
    return true;
  }
}
