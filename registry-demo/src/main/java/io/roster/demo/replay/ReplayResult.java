package io.roster.demo.replay;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How a replay went, by the client's word. Immutable.
 *
 * @param acknowledged for each room how many of its posts were acknowledged
 * @param abandoned rooms that were given up, each with the reason
 * @param timing how long it took
 * @param changeFailure why a change of the cluster failed, if one did
 */
public record ReplayResult(
    Map<String, Integer> acknowledged,
    Map<String, String> abandoned,
    Timing timing,
    Optional<String> changeFailure) {

  /**
   * How long it took.
   *
   * @param total from the first post to the last acknowledgement
   * @param p50 half of the posts were acknowledged within this time, repeated attempts included
   * @param p99 ninety-nine of a hundred were
   * @param max all were
   * @param retries attempts that were repeated
   */
  public record Timing(Duration total, Duration p50, Duration p99, Duration max, long retries) {}

  /** Copies the maps. */
  public ReplayResult {
    acknowledged = Map.copyOf(acknowledged);
    abandoned = Map.copyOf(abandoned);
  }

  /** How many posts were acknowledged in all rooms. */
  public int acknowledgedInAll() {
    return acknowledged.values().stream().mapToInt(Integer::intValue).sum();
  }
}
