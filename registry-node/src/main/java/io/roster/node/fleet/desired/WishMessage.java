package io.roster.node.fleet.desired;

import com.google.protobuf.ByteString;
import io.roster.core.identity.Pid;
import io.roster.core.identity.ProcessName;
import java.util.List;
import java.util.Set;

/** What nodes say to each other of wishes. Immutable; any may be lost or come twice. */
public sealed interface WishMessage {

  /**
   * What the sender has: said when a link comes up and at intervals, so that whatever was lost is
   * found.
   *
   * @param types aliases of the worker types that it can run
   * @param sums of its table
   */
  record Digest(Set<String> types, List<Long> sums) implements WishMessage {

    /** Copies both. */
    public Digest {
      types = Set.copyOf(types);
      sums = List.copyOf(sums);
    }
  }

  /**
   * Asks for the wishes of buckets that differ.
   *
   * @param buckets which
   */
  record Want(Set<Integer> buckets) implements WishMessage {

    /** Copies the set. */
    public Want {
      buckets = Set.copyOf(buckets);
    }
  }

  /**
   * Wishes to join.
   *
   * @param wishes in any order
   */
  record Wishes(List<DesiredWorker> wishes) implements WishMessage {

    /** Copies the list. */
    public Wishes {
      wishes = List.copyOf(wishes);
    }
  }

  /**
   * Tells the node that wished for a worker what became of its first start.
   *
   * @param name the worker
   * @param outcome what became of it
   */
  record FirstStart(ProcessName name, Outcome outcome) implements WishMessage {}

  /** What became of a first start. */
  sealed interface Outcome {

    /**
     * It runs.
     *
     * @param pid its process
     */
    record Started(Pid pid) implements Outcome {}

    /** Its {@code init} chose not to run. */
    record Ignored() implements Outcome {}

    /**
     * Its {@code init} failed.
     *
     * @param reason why, for people
     */
    record Failed(String reason) implements Outcome {}
  }

  /**
   * The state of the loser of a name conflict.
   *
   * @param name the worker
   * @param winner who kept the name
   * @param state the loser's state, encoded
   */
  record Absorb(ProcessName name, Pid winner, ByteString state) implements WishMessage {}
}
