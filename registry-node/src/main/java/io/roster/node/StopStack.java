package io.roster.node;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has been started, to be stopped in reverse. One part that fails to stop does not keep the
 * others from stopping. Confined to one thread at a time.
 */
final class StopStack {

  private static final Logger LOG = LoggerFactory.getLogger(StopStack.class);

  private final Deque<Part> parts = new ArrayDeque<>();

  private record Part(String name, AutoCloseable part) {}

  /** Adds a part that has just started. */
  <T extends AutoCloseable> T push(String name, T part) {
    parts.push(new Part(name, part));
    return part;
  }

  /** Stops every part, the latest first. */
  void stopAll() {
    while (!parts.isEmpty()) {
      var part = parts.pop();
      try {
        part.part().close();
      } catch (Exception e) {
        LOG.warn("{} did not stop cleanly", part.name(), e);
      }
    }
  }
}
