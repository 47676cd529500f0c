package io.roster.node.placement;

import io.roster.core.identity.NodeName;
import io.roster.core.identity.ProcessName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The workers that are not where they belong. Immutable.
 *
 * @param moves sorted by name; every worker at most once
 */
public record MovePlan(List<Move> moves) {

  /** Copies the list. */
  public MovePlan {
    moves = List.copyOf(moves);
  }

  /**
   * A worker to move.
   *
   * @param name the worker
   * @param from the node that runs it
   * @param to the node that it belongs on
   */
  public record Move(ProcessName name, NodeName from, NodeName to) {}

  /** What takes every worker of {@code actual} to where {@code placement} wants it. */
  public static MovePlan of(Map<ProcessName, NodeName> actual, Placement placement) {
    var moves = new ArrayList<Move>();
    actual.forEach(
        (name, from) ->
            placement
                .owner(name)
                .filter(to -> !to.equals(from))
                .ifPresent(to -> moves.add(new Move(name, from, to))));
    moves.sort(Comparator.comparing(Move::name));
    return new MovePlan(moves);
  }

  /**
   * The part of the plan that may run at once.
   *
   * @param perNodeMax how many moves one node may take part in, as source or target
   * @param running how many it takes part in already
   */
  public MovePlan throttled(int perNodeMax, Function<NodeName, Integer> running) {
    var load = new HashMap<NodeName, Integer>();
    var chosen = new ArrayList<Move>();
    for (Move move : moves) {
      int from = load.computeIfAbsent(move.from(), running);
      int to = load.computeIfAbsent(move.to(), running);
      if (from < perNodeMax && to < perNodeMax) {
        load.put(move.from(), from + 1);
        load.put(move.to(), to + 1);
        chosen.add(move);
      }
    }
    return new MovePlan(chosen);
  }

  /** Whether everything is where it belongs. */
  public boolean isEmpty() {
    return moves.isEmpty();
  }
}
