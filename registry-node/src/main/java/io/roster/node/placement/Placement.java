package io.roster.node.placement;

import io.roster.core.identity.NodeName;
import io.roster.core.identity.ProcessName;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where workers belong now, and where they belonged before the last change. Immutable.
 *
 * <p>A pin overrides the ring while its node is a member. The previous ring tells where a worker
 * most likely still is while it moves.
 */
public final class Placement {

  private final long generation;
  private final Ring ring;
  private final Ring previous;
  private final Map<ProcessName, NodeName> pins;

  private Placement(long generation, Ring ring, Ring previous, Map<ProcessName, NodeName> pins) {
    this.generation = generation;
    this.ring = ring;
    this.previous = previous;
    this.pins = pins;
  }

  /** Generation zero: nobody may hold anything. */
  public static Placement initial() {
    return new Placement(0, Ring.empty(), Ring.empty(), Map.of());
  }

  /** The next generation, or this one if the members are the same. */
  public Placement withMembers(Collection<RingMember> members) {
    Ring next = Ring.of(members);
    return next.equals(ring) ? this : new Placement(generation + 1, next, ring, pins);
  }

  /** Puts {@code name} on {@code node} whatever the ring says. */
  public Placement withPin(ProcessName name, NodeName node) {
    var changed = new HashMap<>(pins);
    changed.put(name, node);
    return new Placement(generation, ring, previous, Map.copyOf(changed));
  }

  /** Leaves {@code name} to the ring again. */
  public Placement withoutPin(ProcessName name) {
    var changed = new HashMap<>(pins);
    changed.remove(name);
    return new Placement(generation, ring, previous, Map.copyOf(changed));
  }

  /** The node that {@code name} belongs on; empty if there is none. */
  public Optional<NodeName> owner(ProcessName name) {
    return answer(ring, name);
  }

  /** The node that {@code name} belonged on in the generation before. */
  public Optional<NodeName> previousOwner(ProcessName name) {
    return answer(previous, name);
  }

  private Optional<NodeName> answer(Ring in, ProcessName name) {
    return Optional.ofNullable(pins.get(name)).filter(in::contains).or(() -> in.owner(name));
  }

  /** Counts the changes of members that this node has seen; it is not compared between nodes. */
  public long generation() {
    return generation;
  }

  /** The ring of the present members. */
  public Ring ring() {
    return ring;
  }

  /** The pins, those to absent nodes among them. */
  public Map<ProcessName, NodeName> pins() {
    return pins;
  }
}
