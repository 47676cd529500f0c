package io.roster.bench;

import java.io.IOException;
import java.util.Map;
import java.util.Set;

/** Another system that does the same works. */
public interface Peer {

  /** What it is called in tables. */
  String title();

  /** Whether it can run on this machine. */
  boolean isInstalled();

  /**
   * Runs the peer's program; blocks until it has ended.
   *
   * @param keys the works to measure
   * @return its figures by the works' keys
   * @throws IOException if the program fails
   */
  Map<String, Double> measure(Set<String> keys, Effort effort)
      throws IOException, InterruptedException;
}
