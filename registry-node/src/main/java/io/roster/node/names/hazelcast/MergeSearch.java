package io.roster.node.names.hazelcast;

import io.roster.core.identity.NodeName;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A member's searches for a cluster to merge with, one search at a time, each on a thread of its
 * own: a merge takes seconds, and what gossip says of the dead must not wait for it. Thread-safe.
 */
final class MergeSearch {

  private static final Logger LOG = LoggerFactory.getLogger(MergeSearch.class);

  private final NodeName self;
  private final HazelcastInside inside;
  private final AtomicBoolean searching = new AtomicBoolean();

  MergeSearch(NodeName self, HazelcastInside inside) {
    this.self = self;
    this.inside = inside;
  }

  /** Begins a search unless one runs; returns at once. */
  void begin() {
    if (searching.compareAndSet(false, true)) {
      Thread.ofPlatform().daemon().name("arbiter-merge@" + self).start(this::run);
    }
  }

  private void run() {
    try {
      inside.searchOthers();
    } catch (RuntimeException e) {
      // The member may end meanwhile. The views still differ then: the next look searches.
      LOG.debug("name store: no merge this time: {}", e.toString());
    } finally {
      searching.set(false);
    }
  }
}
