package io.roster.node.fleet.desired;

import com.google.common.hash.Hashing;
import io.roster.core.identity.ProcessName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * This node's copy of all wishes. One thread changes it; any thread may look.
 *
 * <p>Copies are compared by the sums of their buckets, so that two nodes that differ in a few
 * wishes exchange a few buckets rather than everything.
 */
public final class DesiredTable {

  /** Parts that are compared one by one. */
  public static final int BUCKETS = 64;

  private final ConcurrentHashMap<ProcessName, DesiredWorker> wishes = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<ProcessName, Long> stoppedAtNanos = new ConcurrentHashMap<>();

  /** Invariant: the sum of the hashes of the wishes in each bucket. */
  private final long[] sums = new long[BUCKETS];

  /**
   * Takes {@code wish} in if it stands above the one that is known.
   *
   * @return whether it did
   */
  public boolean join(DesiredWorker wish, long nowNanos) {
    DesiredWorker known = wishes.get(wish.name());
    if (known != null && DesiredWorker.ORDER.compare(wish, known) <= 0) {
      return false;
    }
    int bucket = bucket(wish.name());
    sums[bucket] += wish.hash() - (known == null ? 0 : known.hash());
    wishes.put(wish.name(), wish);
    if (wish.isWanted()) {
      stoppedAtNanos.remove(wish.name());
    } else {
      stoppedAtNanos.put(wish.name(), nowNanos);
    }
    return true;
  }

  /** What is wished of {@code name}, if anything was ever. */
  public Optional<DesiredWorker> find(ProcessName name) {
    return Optional.ofNullable(wishes.get(name));
  }

  /** The wishes for workers that should run, sorted by name. */
  public List<DesiredWorker> wanted() {
    return wishes.values().stream()
        .filter(DesiredWorker::isWanted)
        .sorted(Comparator.comparing(DesiredWorker::name))
        .toList();
  }

  /** Every wish, those for stopped workers among them. */
  public Collection<DesiredWorker> all() {
    return List.copyOf(wishes.values());
  }

  /** The sums of all buckets. */
  public List<Long> sums() {
    return IntStream.range(0, BUCKETS).mapToObj(i -> sums[i]).toList();
  }

  /**
   * The buckets in which a table with {@code theirSums} differs from this one.
   *
   * @throws IllegalArgumentException if it has another number of buckets
   */
  public Set<Integer> differing(List<Long> theirSums) {
    if (theirSums.size() != BUCKETS) {
      throw new IllegalArgumentException("expected " + BUCKETS + " sums, got: " + theirSums.size());
    }
    return IntStream.range(0, BUCKETS)
        .filter(i -> theirSums.get(i) != sums[i])
        .boxed()
        .collect(Collectors.toSet());
  }

  /** The wishes in {@code buckets}. */
  public List<DesiredWorker> in(Set<Integer> buckets) {
    var found = new ArrayList<DesiredWorker>();
    for (DesiredWorker wish : wishes.values()) {
      if (buckets.contains(bucket(wish.name()))) {
        found.add(wish);
      }
    }
    return found;
  }

  /**
   * Forgets workers that were stopped more than {@code keepNanos} ago. A node that was away for
   * longer brings such a worker back.
   */
  public void forgetStopped(long keepNanos, long nowNanos) {
    stoppedAtNanos.forEach(
        (name, since) -> {
          if (nowNanos - since > keepNanos) {
            DesiredWorker gone = wishes.remove(name);
            stoppedAtNanos.remove(name);
            if (gone != null) {
              sums[bucket(name)] -= gone.hash();
            }
          }
        });
  }

  private static int bucket(ProcessName name) {
    long hash = Hashing.murmur3_128().hashString(name.value(), StandardCharsets.UTF_8).asLong();
    return (int) Math.floorMod(hash, (long) BUCKETS);
  }
}
