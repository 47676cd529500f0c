package io.roster.net.membership.swim;

import io.roster.core.identity.NodeName;
import io.roster.net.membership.Member;
import io.roster.net.membership.MemberState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * What one node knows of every name: the newest statement, the ring in which the others are probed,
 * and a digest of it all.
 *
 * <p>A table may begin with rows that it shares with others ({@link Base}); it then holds what
 * differs alone, so that ten thousand simulated nodes do not hold a hundred million rows.
 */
final class MemberTable {

  private final NodeName self;
  private final RandomGenerator random;
  private final Base base;
  private final Map<NodeName, Optional<Member>> changes = new HashMap<>();

  /** Names that are dead or gone, with the moment they became so. */
  private final Map<NodeName, Long> downSinceNanos = new LinkedHashMap<>();

  private final DeadList dead = new DeadList();

  /** Every name of the table, and this node's. */
  private final NameOrder order;

  /**
   * The others that are up, in the order they are probed, and those of {@link #passed}; beyond
   * {@code ringSize} nothing.
   */
  private NodeName[] ring;

  /** Those in the ring that are not up any more. */
  private final Set<NodeName> passed = new HashSet<>();

  private Consumer<NodeName> watcher = _ -> {};
  private int ringSize;
  private int cursor;
  private int size;
  private int suspects;
  private long hash;

  /**
   * Rows that many tables begin with; all of them alive. Immutable.
   *
   * @param rows by name
   * @param names in order
   * @param hash their digest
   */
  record Base(Map<NodeName, Member> rows, List<NodeName> names, long hash) {

    static final Base EMPTY = new Base(Map.of(), List.of(), 0);

    static Base of(Iterable<Member> members) {
      var rows = new HashMap<NodeName, Member>();
      long hash = 0;
      for (Member member : members) {
        rows.put(member.id().name(), member);
        hash ^= hashOf(member);
      }
      return new Base(Map.copyOf(rows), rows.keySet().stream().sorted().toList(), hash);
    }
  }

  MemberTable(NodeName self, Base base, RandomGenerator random) {
    this.self = self;
    this.base = base;
    this.random = random;
    this.size = base.rows().size();
    this.hash = base.hash();
    this.order = new NameOrder(base.names());
    order.add(self);
    this.ring = new NodeName[Math.max(8, size)];
    for (NodeName name : base.names()) {
      if (!name.equals(self)) {
        ring[ringSize++] = name;
      }
    }
    shuffle();
  }

  Optional<Member> get(NodeName name) {
    var change = changes.get(name);
    return change != null ? change : Optional.ofNullable(base.rows().get(name));
  }

  /** Replaces the row of a name. */
  void put(Member member, long downSince) {
    var name = member.id().name();
    var old = get(name);
    old.ifPresentOrElse(this::unaccount, () -> size++);
    account(member);
    changes.put(name, Optional.of(member));
    order.add(name);
    if (!name.equals(self)) {
      boolean wasUp = old.isPresent() && old.get().isUp();
      if (member.isUp() && !wasUp) {
        join(name);
      } else if (!member.isUp() && wasUp) {
        quit(name);
      }
    }
    if (member.state() == MemberState.DEAD) {
      dead.add(name);
    } else {
      dead.remove(name);
    }
    if (member.isUp()) {
      downSinceNanos.remove(name);
    } else {
      downSinceNanos.put(name, downSince);
    }
    watcher.accept(name);
  }

  /** Forgets a name that is down. */
  void forget(NodeName name) {
    get(name)
        .filter(member -> !member.isUp())
        .ifPresent(
            member -> {
              unaccount(member);
              size--;
              downSinceNanos.remove(name);
              dead.remove(name);
              order.remove(name);
              if (base.rows().containsKey(name)) {
                changes.put(name, Optional.empty());
              } else {
                changes.remove(name);
              }
              watcher.accept(name);
            });
  }

  /** Tells {@code other} the name of each row that is replaced or forgotten from now on. */
  void watch(Consumer<NodeName> other) {
    watcher = other;
  }

  void forEach(Consumer<Member> action) {
    // By name: an unmodifiable map has another order in each JVM, and equal seeds give equal runs.
    for (NodeName name : base.names()) {
      if (!changes.containsKey(name)) {
        action.accept(Objects.requireNonNull(base.rows().get(name)));
      }
    }
    for (var change : changes.values()) {
      change.ifPresent(action);
    }
  }

  /** Names that are dead or gone, with the moment they became so. */
  Map<NodeName, Long> downSinceNanos() {
    return downSinceNanos;
  }

  /** Those that are dead. */
  DeadList dead() {
    return dead;
  }

  /** How many are up, this node among them. */
  int upCount() {
    return ringSize - passed.size() + 1;
  }

  /** How many others are up and not suspected. */
  int trustedCount() {
    return upCount() - 1 - suspects;
  }

  int size() {
    return size;
  }

  StreamMessage.Digest digest() {
    return new StreamMessage.Digest(size, hash);
  }

  /** The next one to probe: everybody once in each round, in another order each round. */
  Optional<Member> nextToProbe() {
    if (upCount() == 1) {
      return Optional.empty();
    }
    while (true) {
      if (cursor >= ringSize) {
        shuffle();
        cursor = 0;
      }
      var name = ring[cursor++];
      if (!passed.contains(name)) {
        return get(name);
      }
    }
  }

  /**
   * The {@code nth} of the others that are alive, in the order of names from this node's on; empty
   * if there are not so many.
   */
  Optional<Member> neighbour(int nth) {
    int left = nth;
    var name = order.after(self);
    while (!name.equals(self)) {
      var member = get(name).filter(each -> each.state() == MemberState.ALIVE);
      if (member.isPresent() && --left == 0) {
        return member;
      }
      name = order.after(name);
    }
    return Optional.empty();
  }

  /** Up to {@code count} different others that are up and pass. */
  List<Member> pick(int count, Predicate<Member> passes) {
    var picked = new ArrayList<Member>(Math.min(count, ringSize));
    if (ringSize <= 4 * count) {
      var all = new ArrayList<>(Arrays.asList(ring).subList(0, ringSize));
      for (int left = all.size(); left > 0 && picked.size() < count; left--) {
        int at = random.nextInt(left);
        consider(all.get(at), passes, picked);
        all.set(at, all.get(left - 1));
      }
      return picked;
    }
    for (int tries = 6 * count; tries > 0 && picked.size() < count; tries--) {
      consider(ring[random.nextInt(ringSize)], passes, picked);
    }
    return picked;
  }

  private void consider(NodeName name, Predicate<Member> passes, List<Member> picked) {
    get(name)
        .filter(member -> member.isUp() && passes.test(member) && !picked.contains(member))
        .ifPresent(picked::add);
  }

  private void account(Member member) {
    hash ^= hashOf(member);
    if (member.state() == MemberState.SUSPECT) {
      suspects++;
    }
  }

  private void unaccount(Member member) {
    hash ^= hashOf(member);
    if (member.state() == MemberState.SUSPECT) {
      suspects--;
    }
  }

  /** A newcomer takes a random place, so that nobody can tell when it is probed first. */
  private void join(NodeName name) {
    if (passed.remove(name)) {
      return;
    }
    if (ringSize == ring.length) {
      ring = Arrays.copyOf(ring, ring.length * 2);
    }
    int at = random.nextInt(ringSize + 1);
    ring[ringSize++] = ring[at];
    ring[at] = name;
  }

  /** Those that went are taken out of the ring together, so that each costs little. */
  private void quit(NodeName name) {
    passed.add(name);
    if (passed.size() * 4 < ringSize) {
      return;
    }
    int kept = 0;
    int probed = 0;
    for (int i = 0; i < ringSize; i++) {
      if (!passed.contains(ring[i])) {
        probed += i < cursor ? 1 : 0;
        ring[kept++] = ring[i];
      }
    }
    Arrays.fill(ring, kept, ringSize, self);
    ringSize = kept;
    cursor = probed;
    passed.clear();
  }

  private void shuffle() {
    for (int i = ringSize - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      var swapped = ring[i];
      ring[i] = ring[j];
      ring[j] = swapped;
    }
  }

  private static long hashOf(Member member) {
    long mixed = 0xcbf29ce484222325L;
    var name = member.id().name().value();
    for (int i = 0; i < name.length(); i++) {
      mixed = (mixed ^ name.charAt(i)) * 0x100000001b3L;
    }
    mixed = mix(mixed ^ member.id().incarnation());
    mixed = mix(mixed + member.version());
    return mix(mixed + Precedence.weight(member.state()));
  }

  private static long mix(long bits) {
    long mixed = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }
}
