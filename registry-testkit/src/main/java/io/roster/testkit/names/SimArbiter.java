package io.roster.testkit.names;

import io.roster.core.identity.NodeName;
import io.roster.core.identity.ProcessName;
import io.roster.node.names.store.StoreAnswer;
import io.roster.node.names.store.StoreOperation;
import io.roster.node.names.store.StoredName;
import io.roster.testkit.sim.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * The arbiter as the nodes meet it: one table for each part of the cluster that it holds for whole.
 * It notices a cut late, may forget records when it splits and when it merges, merges late, and now
 * and then an answer is lost.
 */
final class SimArbiter {

  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final double ANSWERS_LOST = 0.01;
  private static final double FORGOTTEN = 0.1;

  private final Simulation simulation;
  private final RandomGenerator random;
  private final BiPredicate<NodeName, NodeName> passes;
  private final Consumer<NodeName> repaired;
  private final Map<NodeName, Table> tables = new HashMap<>();

  /** What one part of the cluster knows. */
  private static final class Table {
    private final Map<ProcessName, StoredName> records = new HashMap<>();
    private final List<NodeName> members = new ArrayList<>();
  }

  /**
   * An arbiter without members.
   *
   * @param passes whether the network passes from one node to the other now
   * @param repaired told of every node whose table may have lost records
   */
  SimArbiter(
      Simulation simulation, BiPredicate<NodeName, NodeName> passes, Consumer<NodeName> repaired) {
    this.simulation = simulation;
    this.random = simulation.fork();
    this.passes = passes;
    this.repaired = repaired;
  }

  /** Takes a node in: into the table of those that it reaches. */
  void join(NodeName node) {
    leave(node);
    var table =
        tables.entrySet().stream()
            .filter(entry -> passes.test(node, entry.getKey()))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElseGet(Table::new);
    table.members.add(node);
    tables.put(node, table);
  }

  /** Lets a node go, whatever was kept there. */
  void leave(NodeName node) {
    var table = tables.remove(node);
    if (table != null) {
      table.members.remove(node);
      changed(table);
    }
  }

  /** Divides itself as the network is divided now. */
  void split(Collection<? extends Collection<NodeName>> sides) {
    for (var side : sides) {
      var present = side.stream().filter(tables::containsKey).toList();
      if (present.isEmpty()) {
        continue;
      }
      var part = new Table();
      part.members.addAll(present);
      var before = tables.get(present.getFirst());
      if (before != null) {
        part.records.putAll(before.records);
      }
      present.forEach(node -> tables.put(node, part));
      changed(part);
    }
  }

  /** Becomes one again. */
  void merge() {
    var whole = new Table();
    for (var table : List.copyOf(tables.values())) {
      table.records.forEach((name, record) -> whole.records.merge(name, record, StoredName::join));
    }
    whole.members.addAll(tables.keySet());
    whole.members.forEach(node -> tables.put(node, whole));
    changed(whole);
  }

  /** Applies an operation for a node; the answer comes later. */
  void submit(NodeName from, StoreOperation operation, Consumer<StoreAnswer> done) {
    var latency = Duration.ofNanos(200_000 + random.nextLong(3_000_000));
    simulation.after(latency, () -> apply(from, operation, done));
  }

  private void apply(NodeName from, StoreOperation operation, Consumer<StoreAnswer> done) {
    var table = tables.get(from);
    if (table == null) {
      answer(done, new StoreAnswer.Unavailable("not a member"), Duration.ZERO);
      return;
    }
    var keeper =
        table.members.get(Math.floorMod(operation.name().hashCode(), table.members.size()));
    if (!passes.test(from, keeper) || !passes.test(keeper, from)) {
      var lost = new StoreAnswer.Indeterminate("no answer from " + keeper);
      answer(done, lost, PATIENCE);
      return;
    }
    var applied =
        operation.apply(java.util.Optional.ofNullable(table.records.get(operation.name())));
    applied.next().ifPresent(next -> table.records.put(operation.name(), next));
    if (random.nextDouble() < ANSWERS_LOST) {
      answer(done, new StoreAnswer.Indeterminate("the answer was lost"), PATIENCE);
    } else {
      answer(done, applied.answer(), Duration.ofNanos(random.nextLong(2_000_000)));
    }
  }

  private void answer(Consumer<StoreAnswer> done, StoreAnswer answer, Duration delay) {
    simulation.after(delay, () -> done.accept(answer));
  }

  private void changed(Table table) {
    table.records.keySet().removeIf(name -> random.nextDouble() < FORGOTTEN);
    List.copyOf(table.members).forEach(repaired);
  }
}
