package io.roster.net.membership.wire;

import java.util.ArrayList;
import java.util.List;

/** Reads lists of which this version may not know every part. Confined to one message. */
final class Parts {

  /** Reads one part. */
  @FunctionalInterface
  interface Reader<P, T> {
    T read(P part) throws MalformedGossip;
  }

  private final Runnable onUnknown;

  Parts(Runnable onUnknown) {
    this.onUnknown = onUnknown;
  }

  /**
   * What this version knows of {@code parts}.
   *
   * @throws MalformedGossip if one is known and malformed
   */
  <P, T> List<T> read(List<P> parts, Reader<P, T> reader) throws MalformedGossip {
    var known = new ArrayList<T>(parts.size());
    for (P part : parts) {
      try {
        known.add(reader.read(part));
      } catch (UnknownGossip e) {
        onUnknown.run();
      }
    }
    return known;
  }
}
