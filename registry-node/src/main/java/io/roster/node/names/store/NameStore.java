package io.roster.node.names.store;

import java.util.List;
import java.util.function.Consumer;

/**
 * The arbiter of names: one record for each name, changed by {@link StoreOperation} alone, atomic
 * for each name and unique within a connected part of the cluster. It is an index, not the truth: a
 * process's own node knows what it holds and writes it back after any loss. Thread-safe.
 */
public interface NameStore extends AutoCloseable {

  /**
   * Applies {@code operation}. Operations of one node on one name take effect in the order in which
   * they were submitted. Does not block; operations that wait together may go out together.
   *
   * @param done told the answer once, in bounded time, on a thread of the store; must not block
   */
  void submit(StoreOperation operation, Consumer<StoreAnswer> done);

  /**
   * Reads the records that this node keeps for the cluster, so that every record is looked at by
   * some node. Does not block.
   *
   * @param found told of the held names in portions, on a thread of the store; must not block
   */
  void scan(Consumer<List<StoredName.Held>> found);

  /**
   * Tells {@code listener} whenever records may have been lost: after a merge, a lost partition or
   * a fresh start of the store. Owners then write their claims back. It must not block.
   */
  void onRepair(Runnable listener);

  /** Stops taking operations; those that wait are answered {@link StoreAnswer.Unavailable}. */
  @Override
  void close();
}
