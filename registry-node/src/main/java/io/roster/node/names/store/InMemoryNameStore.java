package io.roster.node.names.store;

import io.roster.core.identity.ProcessName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * An arbiter in the memory of one JVM: for a node that runs alone, for nodes that share a JVM, and
 * for simulations. Answers on the caller's thread. Thread-safe.
 */
public final class InMemoryNameStore implements NameStore {

  /** How many ends of names are remembered. */
  private static final int FREED_MAX = 100_000;

  private final ConcurrentHashMap<ProcessName, StoredName> records = new ConcurrentHashMap<>();
  private final BlockingQueue<StoredName> freed = new ArrayBlockingQueue<>(FREED_MAX);
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private volatile boolean closed;

  @Override
  public void submit(StoreOperation operation, Consumer<StoreAnswer> done) {
    if (closed) {
      done.accept(new StoreAnswer.Unavailable("the name store is closed"));
      return;
    }
    var answer = new ArrayList<StoreAnswer>(1);
    records.compute(
        operation.name(),
        (_, present) -> {
          var applied = operation.apply(Optional.ofNullable(present));
          answer.add(applied.answer());
          return applied.next().orElse(present);
        });
    if (answer.getFirst() instanceof StoreAnswer.Released) {
      read(operation.name()).filter(stored -> !stored.isHeld()).ifPresent(this::remember);
    }
    done.accept(answer.getFirst());
  }

  /* The oldest end is forgotten for the newest, unless the name was taken again since. */
  private void remember(StoredName end) {
    while (!freed.offer(end)) {
      var oldest = freed.poll();
      if (oldest != null) {
        records.remove(oldest.name(), oldest);
      }
    }
  }

  @Override
  public void scan(Consumer<List<StoredName.Held>> found) {
    var held = new ArrayList<StoredName.Held>();
    for (var stored : records.values()) {
      if (stored instanceof StoredName.Held one) {
        held.add(one);
      }
    }
    found.accept(List.copyOf(held));
  }

  @Override
  public void onRepair(Runnable listener) {
    listeners.add(listener);
  }

  @Override
  public void close() {
    closed = true;
  }

  /** What is known of {@code name}. */
  public Optional<StoredName> read(ProcessName name) {
    return Optional.ofNullable(records.get(name));
  }

  /** Joins the records of {@code other} into this store, as a healed cluster does. */
  public void merge(InMemoryNameStore other) {
    other.records.forEach((name, stored) -> records.merge(name, stored, StoredName::join));
    listeners.forEach(Runnable::run);
  }

  /** Forgets everything, as a cluster does that lost all copies of its records. */
  public void forget() {
    records.clear();
    listeners.forEach(Runnable::run);
  }
}
