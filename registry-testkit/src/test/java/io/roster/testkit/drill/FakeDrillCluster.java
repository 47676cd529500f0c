package io.roster.testkit.drill;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A cluster in memory that does at once what a real one takes its time for. Each side has one
 * table; at the heal the smallest claim number wins, or something goes wrong.
 */
final class FakeDrillCluster implements DrillCluster {

  /** What goes wrong at the heal. */
  enum Fault {
    NONE,
    NO_HEAL,
    LOSERS_NOT_TOLD,
    LOSERS_LIVE_ON,
    BOTH_KILLED,
    REMOVED_COMES_BACK,
    GRANTS_TWICE
  }

  private final Split split;
  private final History history;
  private final Fault fault;
  private final Set<Claim> holders = new HashSet<>();
  private final Set<String> removed = new HashSet<>();
  private boolean cut;
  private boolean unhealed;

  FakeDrillCluster(Split split, History history, Fault fault) {
    this.split = split;
    this.history = history;
    this.fault = fault;
  }

  @Override
  public void awaitWhole(Duration within) {}

  @Override
  public void claim(Claim claim) {
    var owner = visible(claim.node()).get(claim.name());
    if (owner == null || fault == Fault.GRANTS_TWICE) {
      holders.add(claim);
      history.add(new Event.Granted(claim, pid(claim)));
    } else {
      history.add(new Event.Denied(claim, pid(owner)));
    }
  }

  @Override
  public void remove(Claim claim) {
    holders.remove(claim);
    removed.add(claim.name());
    history.add(new Event.Removed(claim));
  }

  @Override
  public Map<Integer, Map<String, String>> replicas() {
    var replicas = new TreeMap<Integer, Map<String, String>>();
    for (int node = 1; node <= split.nodes(); node++) {
      var replica = new HashMap<String, String>();
      visible(node).forEach((name, claim) -> replica.put(name, pid(claim)));
      if (fault == Fault.REMOVED_COMES_BACK && !cut) {
        removed.forEach(name -> replica.put(name, "zombie"));
      }
      replicas.put(node, replica);
    }
    return replicas;
  }

  @Override
  public Set<Integer> alive() {
    var alive = new HashSet<Integer>();
    holders.forEach(claim -> alive.add(claim.id()));
    return alive;
  }

  @Override
  public void split(Split sides) {
    cut = true;
    everyPairAcross(Event.SawDown::new);
  }

  @Override
  public void heal() {
    cut = false;
    if (fault == Fault.NO_HEAL) {
      unhealed = true;
      return;
    }
    everyPairAcross(Event.SawUp::new);
    var winners = new LinkedHashMap<String, Claim>();
    holders.forEach(claim -> winners.merge(claim.name(), claim, (a, b) -> a.id() < b.id() ? a : b));
    for (var claim : List.copyOf(holders)) {
      var winner = winners.get(claim.name());
      if (!claim.equals(winner)) {
        lose(claim, String.valueOf(winner));
      } else if (fault == Fault.BOTH_KILLED && claim.name().startsWith("contested")) {
        lose(claim, "nobody");
      }
    }
  }

  @Override
  public void close() {}

  private void lose(Claim claim, String winner) {
    if (fault != Fault.LOSERS_LIVE_ON) {
      holders.remove(claim);
    }
    if (fault != Fault.LOSERS_NOT_TOLD) {
      history.add(new Event.Told(claim, winner));
    }
  }

  private Map<String, Claim> visible(int node) {
    var table = new HashMap<String, Claim>();
    for (var claim : holders) {
      if (!(cut || unhealed) || split.sideOf(claim.node()) == split.sideOf(node)) {
        table.merge(claim.name(), claim, (a, b) -> a.id() < b.id() ? a : b);
      }
    }
    return table;
  }

  private void everyPairAcross(java.util.function.BiFunction<Integer, Integer, Event> event) {
    for (int a = 1; a <= split.nodes(); a++) {
      for (int b = 1; b <= split.nodes(); b++) {
        if (split.sideOf(a) != split.sideOf(b)) {
          history.add(event.apply(a, b));
        }
      }
    }
  }

  private static String pid(Claim claim) {
    return "p" + claim.id();
  }
}
