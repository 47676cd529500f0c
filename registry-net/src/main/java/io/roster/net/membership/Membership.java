package io.roster.net.membership;

import io.roster.core.identity.NodeName;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Who is in the cluster, as this node sees it. The one authority on who is up. Thread-safe. */
public interface Membership {

  /** This node. */
  Member self();

  /** All members that are known and not forgotten, this node among them, sorted by name. */
  List<Member> members();

  /** The latest known start of {@code name}. */
  Optional<Member> member(NodeName name);

  /**
   * Tells {@code listener} of every change from now on, one at a time, on the membership thread; it
   * must not block. The members known at this moment are told first, each as {@link
   * MemberEvent.Up}.
   */
  void subscribe(Listener listener);

  /**
   * Changes what this node says of itself; it spreads with the gossip.
   *
   * @param change a pure function; it may be called more than once
   * @throws IllegalArgumentException if the result would be larger than 512 bytes, or makes no
   *     sense; nothing has changed then
   */
  void updateMetadata(UnaryOperator<NodeMetadata> change);

  /** Hears of changes. */
  @FunctionalInterface
  interface Listener {

    /** Called once for each change, in order. */
    void on(MemberEvent event);
  }
}
