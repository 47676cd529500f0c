package io.roster.node.names.hazelcast;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import io.roster.core.identity.NodeName;
import io.roster.core.identity.ProcessName;
import io.roster.node.names.store.NameStore;
import io.roster.node.names.store.StoreAnswer;
import io.roster.node.names.store.StoreOperation;
import io.roster.node.names.store.StoredName;
import io.roster.node.names.wire.MalformedNamesException;
import io.roster.node.names.wire.StoreCodec;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/*
 * Group commit. One thread takes whatever waits, sorts it by Hazelcast partition and sends one batch
 * for each partition that has none on its way; what arrives meanwhile goes with the next. So a lone
 * operation leaves at once, a flood goes out in large batches, operations of one name keep their
 * order, and a partition that does not answer delays no other.
 */

/**
 * A {@link NameStore} on a Hazelcast map. Works while there is an instance and answers {@code
 * Unavailable} while there is none. Thread-safe.
 */
public final class HazelcastNameStore implements NameStore {

  private static final Logger LOG = LoggerFactory.getLogger(HazelcastNameStore.class);
  private static final int BATCH_MAX = 2_000;
  private static final int SCAN_PORTION = 1_000;

  /**
   * How long an operation may wait for its partition before it is answered that it was not done.
   */
  private static final long WAIT_NANOS = TimeUnit.SECONDS.toNanos(3);

  private static final long IDLE_MILLIS = 250;

  private final String mapName;
  private final BlockingQueue<Work> queue = new LinkedBlockingQueue<>();
  private final Map<Integer, Lane> lanes = new HashMap<>();
  private final List<Runnable> repairListeners = new CopyOnWriteArrayList<>();
  private final Thread thread;
  private volatile @Nullable HazelcastInstance instance;
  private volatile boolean closed;

  /** What the thread is told. */
  private sealed interface Work {

    record Submitted(StoreOperation operation, Consumer<StoreAnswer> done, long atNanos)
        implements Work {}

    record Returned(Lane lane, List<Submitted> sent, Map<String, byte[]> answers) implements Work {}

    record Failed(Lane lane, List<Submitted> sent, Throwable cause) implements Work {}

    record Scan(Consumer<List<StoredName.Held>> found) implements Work {}
  }

  /** The operations of one partition. Confined to the thread. */
  private static final class Lane {
    final ArrayDeque<Work.Submitted> waiting = new ArrayDeque<>();
    boolean busy;
  }

  /** A store that has no instance yet. */
  HazelcastNameStore(NodeName node, String mapName) {
    this.mapName = mapName;
    this.thread = Thread.ofPlatform().daemon().name("store@" + node).unstarted(this::run);
    thread.start();
  }

  /** A store over an instance that somebody else looks after. */
  static HazelcastNameStore over(HazelcastInstance instance, NodeName node, String mapName) {
    var store = new HazelcastNameStore(node, mapName);
    store.use(instance);
    return store;
  }

  /** Works with {@code instance} from now on; null for none. */
  void use(@Nullable HazelcastInstance instance) {
    this.instance = instance;
    if (instance != null) {
      repaired();
    }
  }

  /** Tells everybody that records may have been lost. */
  void repaired() {
    repairListeners.forEach(Runnable::run);
  }

  @Override
  public void submit(StoreOperation operation, Consumer<StoreAnswer> done) {
    if (closed) {
      done.accept(new StoreAnswer.Unavailable("the name store is closed"));
      return;
    }
    queue.add(new Work.Submitted(operation, done, System.nanoTime()));
  }

  @Override
  public void scan(Consumer<List<StoredName.Held>> found) {
    queue.add(new Work.Scan(found));
  }

  @Override
  public void onRepair(Runnable listener) {
    repairListeners.add(listener);
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }

  /* Interruption means that the store closes; it is handled here and nowhere else. */
  private void run() {
    var work = new ArrayList<Work>();
    while (!closed) {
      try {
        var first = queue.poll(IDLE_MILLIS, TimeUnit.MILLISECONDS);
        if (first != null) {
          work.add(first);
          queue.drainTo(work);
        }
        work.forEach(this::take);
        send();
      } catch (InterruptedException e) {
        break;
      } catch (RuntimeException e) {
        LOG.error("name store: a step failed", e);
      }
      work.clear();
    }
    queue.forEach(
        rest -> {
          if (rest instanceof Work.Submitted one) {
            one.done().accept(new StoreAnswer.Unavailable("the name store is closed"));
          }
        });
    lanes.values().forEach(lane -> refuse(lane.waiting, "the name store is closed"));
  }

  private void take(Work work) {
    switch (work) {
      case Work.Submitted one -> submitted(one);
      case Work.Returned(Lane lane, var sent, var answers) -> {
        lane.busy = false;
        returned(sent, answers);
      }
      case Work.Failed(Lane lane, var sent, Throwable cause) -> {
        lane.busy = false;
        LOG.debug("name store: {} operations failed", sent.size(), cause);
        var answer = new StoreAnswer.Indeterminate("Hazelcast: " + cause);
        sent.forEach(one -> one.done().accept(answer));
      }
      case Work.Scan(var found) -> scanNow(found);
    }
  }

  private void submitted(Work.Submitted one) {
    var hazelcast = instance;
    if (hazelcast == null) {
      one.done().accept(new StoreAnswer.Unavailable("the name store has not joined yet"));
      return;
    }
    try {
      int partition =
          hazelcast
              .getPartitionService()
              .getPartition(one.operation().name().value())
              .getPartitionId();
      lanes.computeIfAbsent(partition, _ -> new Lane()).waiting.add(one);
    } catch (RuntimeException e) {
      one.done().accept(new StoreAnswer.Unavailable("Hazelcast: " + e));
    }
  }

  private void send() {
    var hazelcast = instance;
    long now = System.nanoTime();
    for (var lane : lanes.values()) {
      if (lane.waiting.isEmpty()) {
        continue;
      }
      if (lane.busy) {
        while (!lane.waiting.isEmpty() && now - lane.waiting.peek().atNanos() > WAIT_NANOS) {
          lane.waiting
              .remove()
              .done()
              .accept(new StoreAnswer.Unavailable("a part of the name store does not answer"));
        }
      } else if (hazelcast == null) {
        refuse(lane.waiting, "the name store is being rebuilt");
      } else {
        sendBatch(lane, hazelcast);
      }
    }
  }

  private static void refuse(ArrayDeque<Work.Submitted> waiting, String detail) {
    for (var one = waiting.poll(); one != null; one = waiting.poll()) {
      one.done().accept(new StoreAnswer.Unavailable(detail));
    }
  }

  private void sendBatch(Lane lane, HazelcastInstance hazelcast) {
    var batch = new NameBatch();
    var sent = new ArrayList<Work.Submitted>();
    Set<String> keys = new HashSet<>();
    while (!lane.waiting.isEmpty() && sent.size() < BATCH_MAX) {
      var one = lane.waiting.remove();
      batch.add(one.operation());
      keys.add(one.operation().name().value());
      sent.add(one);
    }
    lane.busy = true;
    try {
      IMap<String, byte[]> map = hazelcast.getMap(mapName);
      var _ =
          map.<byte[]>submitToKeys(keys, batch)
              .whenComplete(
                  (answers, failure) ->
                      queue.add(
                          failure == null
                              ? new Work.Returned(lane, sent, answers)
                              : new Work.Failed(lane, sent, failure)));
    } catch (RuntimeException e) {
      queue.add(new Work.Failed(lane, sent, e));
    }
  }

  /* The answers of one name come in the order of its operations. */
  private static void returned(List<Work.Submitted> sent, Map<String, byte[]> answers) {
    var byName = new HashMap<ProcessName, ArrayDeque<byte[]>>();
    answers.forEach(
        (name, joined) ->
            byName.put(new ProcessName(name), new ArrayDeque<>(Portions.split(joined))));
    for (var one : sent) {
      var rest = byName.get(one.operation().name());
      byte[] bytes = rest == null ? null : rest.poll();
      one.done().accept(decode(bytes));
    }
  }

  private static StoreAnswer decode(byte @Nullable [] bytes) {
    if (bytes == null) {
      return new StoreAnswer.Indeterminate("Hazelcast gave no answer for the name");
    }
    try {
      return StoreCodec.decodeAnswer(bytes);
    } catch (MalformedNamesException e) {
      return new StoreAnswer.Indeterminate("Hazelcast: " + e);
    }
  }

  private void scanNow(Consumer<List<StoredName.Held>> found) {
    var hazelcast = instance;
    if (hazelcast == null) {
      found.accept(List.of());
      return;
    }
    try {
      IMap<String, byte[]> map = hazelcast.getMap(mapName);
      var keys = List.copyOf(map.localKeySet());
      for (int i = 0; i < Math.max(1, keys.size()); i += SCAN_PORTION) {
        var portion = keys.subList(i, Math.min(keys.size(), i + SCAN_PORTION));
        found.accept(held(map.getAll(new HashSet<>(portion))));
      }
    } catch (RuntimeException e) {
      LOG.debug("name store: a scan failed; the next one looks again", e);
    }
  }

  private static List<StoredName.Held> held(Map<String, byte[]> entries) {
    var held = new ArrayList<StoredName.Held>();
    for (byte[] bytes : entries.values()) {
      try {
        if (StoreCodec.decodeStored(bytes) instanceof StoredName.Held one) {
          held.add(one);
        }
      } catch (MalformedNamesException e) {
        LOG.warn("name store: {}", e.getMessage());
      }
    }
    return held;
  }
}
