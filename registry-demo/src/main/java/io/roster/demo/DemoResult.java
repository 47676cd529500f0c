package io.roster.demo;

import io.roster.demo.replay.RoomComparison;
import io.roster.testkit.report.JsonLine;
import java.time.Duration;

/**
 * What the demo found. Immutable.
 *
 * @param nodes how many nodes there were
 * @param posts the input against the acknowledgements
 * @param comparison the acknowledgements against what the rooms hold
 * @param moves how often a room moved with its posts from one node to another
 * @param took the time of the replay
 */
record DemoResult(Nodes nodes, Posts posts, RoomComparison comparison, long moves, Duration took) {

  /**
   * Nodes.
   *
   * @param started in all
   * @param atEnd still members at the end
   */
  record Nodes(int started, int atEnd) {}

  /**
   * Posts.
   *
   * @param rooms how many rooms the input has
   * @param inInput how many posts
   * @param acknowledged how many of them a room has acknowledged
   */
  record Posts(int rooms, int inInput, int acknowledged) {}

  /**
   * Whether every post was acknowledged and every acknowledged one is there, once, in its place.
   */
  boolean isOk() {
    return posts.acknowledged() == posts.inInput()
        && comparison.isFlawless()
        && nodes.started() == DemoPlan.NODES_STARTED
        && nodes.atEnd() == DemoPlan.NODES_AT_END;
  }

  String toJson() {
    return new JsonLine()
        .put("nodesStarted", nodes.started())
        .put("nodesAtEnd", nodes.atEnd())
        .put("rooms", posts.rooms())
        .put("posts", posts.inInput())
        .put("acknowledged", posts.acknowledged())
        .put("lost", comparison.lost())
        .put("duplicated", comparison.duplicated())
        .put("outOfOrder", comparison.outOfOrder())
        .put("moves", moves)
        .put("seconds", took.toNanos() / 1e9)
        .put("ok", isOk())
        .toString();
  }
}
