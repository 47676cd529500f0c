package io.roster.bench;

import java.util.Map;

/** Another system that does the same works. */
public interface Peer {

  /** What it is called in tables. */
  String name();

  /**
   * Runs the peer's program for a suite; blocks until it has ended.
   *
   * @return its figures by the works' keys; empty where the peer is not installed
   */
  Map<String, Double> measure(String suite) throws Exception;
}
