package io.roster.net.membership.swim;

import io.roster.core.identity.NodeName;
import io.roster.net.membership.Member;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tries failed members again until they are forgotten, and seeds for ever, at a bounded cost, so
 * that a split heals whatever its length.
 *
 * <p>Each tick asks as many failed members as there are for each live one, one at least. The
 * question carries the accusation, so that the answer carries the refutation.
 */
final class Reconnect {

  private static final int PER_TICK_MAX = 8;
  private static final int SEEDS_PER_TICK = 4;

  private final Context context;
  private Set<InetSocketAddress> seeds = Set.of();
  private final Map<InetSocketAddress, NodeName> seedOwners = new HashMap<>();

  Reconnect(Context context) {
    this.context = context;
  }

  /**
   * Replaces the seeds.
   *
   * @return those that are new and nobody's yet
   */
  List<InetSocketAddress> seeds(List<InetSocketAddress> found) {
    var own = context.own().gossipAddress();
    var before = seeds;
    seeds = new LinkedHashSet<>(found);
    seeds.remove(own);
    seedOwners.keySet().retainAll(seeds);
    context.table.forEach(this::noteOwner);
    return seeds.stream()
        .filter(seed -> !before.contains(seed) && !seedOwners.containsKey(seed))
        .toList();
  }

  /** Notes whose address a seed is, so that it is left alone while that member is up. */
  void noteOwner(Member member) {
    if (seeds.contains(member.gossipAddress())) {
      seedOwners.put(member.gossipAddress(), member.id().name());
    }
  }

  void tick() {
    context.afterAbout(context.options.reconnect().interval(), new Agenda.Alarm.ReconnectNow());
    var dead = context.table.dead();
    int share = (dead.size() + context.table.upCount() - 1) / context.table.upCount();
    for (NodeName name : dead.draw(Math.min(PER_TICK_MAX, share), context.random)) {
      context.table.get(name).ifPresent(this::ask);
    }
    trySeeds();
  }

  private void ask(Member target) {
    context.sendBare(
        target.gossipAddress(),
        new Packet.Ping(context.nextSequence(), new Packet.Anybody()),
        context.charge(target.id().name()));
  }

  /** Drops what has been down for too long. */
  List<NodeName> forget() {
    long oldest = context.nowNanos - context.options.reconnect().forgetAfter().toNanos();
    var old = new ArrayList<NodeName>();
    context
        .table
        .downSinceNanos()
        .forEach(
            (name, since) -> {
              if (since < oldest && !name.equals(context.self.name())) {
                old.add(name);
              }
            });
    old.forEach(context.table::forget);
    return old;
  }

  private void trySeeds() {
    var missing = new ArrayList<InetSocketAddress>();
    for (InetSocketAddress seed : seeds) {
      var owner = seedOwners.get(seed);
      if (owner == null || !isUpAt(owner, seed)) {
        missing.add(seed);
      }
    }
    for (int i = SEEDS_PER_TICK; i > 0 && !missing.isEmpty(); i--) {
      var seed = missing.remove(context.random.nextInt(missing.size()));
      context.sendBare(
          seed, new Packet.Ping(context.nextSequence(), new Packet.Anybody()), List.of());
    }
  }

  private boolean isUpAt(NodeName owner, InetSocketAddress seed) {
    return context
        .table
        .get(owner)
        .filter(member -> member.isUp() && member.gossipAddress().equals(seed))
        .isPresent();
  }
}
