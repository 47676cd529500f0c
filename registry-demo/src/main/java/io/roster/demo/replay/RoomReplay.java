package io.roster.demo.replay;

import java.time.Duration;

/**
 * Where the replay of one room stands: which post is next, and how often it was tried. Immutable.
 *
 * <p>The next post of a room goes out only after the former was acknowledged, and a repeated
 * attempt carries the same number: so a room that applies each number once has every post once and
 * in order, whatever happened to the attempts.
 *
 * @param posts how many posts the room has in the input
 * @param acknowledged how many of them the room has acknowledged
 * @param failures how many attempts at the next one have failed
 */
public record RoomReplay(int posts, int acknowledged, int failures) {

  /** Attempts at one post before its room is given up. */
  public static final int ATTEMPTS_MAX = 100;

  private static final Duration PAUSE_MIN = Duration.ofMillis(10);
  private static final Duration PAUSE_MAX = Duration.ofSeconds(1);

  /** What to do next. */
  public sealed interface Step {

    /**
     * Post this number, after a pause.
     *
     * @param sequence the post's number, from one
     * @param pause how long to wait before; zero for a first attempt
     */
    record Send(int sequence, Duration pause) implements Step {}

    /** Every post of the room is acknowledged. */
    record Finished() implements Step {}

    /**
     * The room takes no more posts.
     *
     * @param detail why
     */
    record Abandoned(String detail) implements Step {}
  }

  /**
   * The replay after an attempt, and what to do now.
   *
   * @param replay where the replay stands
   * @param step what to do
   */
  public record Decision(RoomReplay replay, Step step) {}

  /** The beginning. */
  public static Decision begin(int posts) {
    var replay = new RoomReplay(posts, 0, 0);
    return new Decision(replay, replay.next());
  }

  /** What follows from how the latest attempt ended. */
  public Decision on(Attempt attempt) {
    return switch (attempt) {
      case Attempt.Acknowledged _ -> {
        var replay = new RoomReplay(posts, acknowledged + 1, 0);
        yield new Decision(replay, replay.next());
      }
      case Attempt.Unknown(String detail) -> again(detail);
      case Attempt.NotYet(String detail) -> again(detail);
      case Attempt.Refused(String detail) -> new Decision(this, new Step.Abandoned(detail));
    };
  }

  private Step next() {
    return acknowledged == posts
        ? new Step.Finished()
        : new Step.Send(acknowledged + 1, Duration.ZERO);
  }

  private Decision again(String detail) {
    var replay = new RoomReplay(posts, acknowledged, failures + 1);
    if (replay.failures == ATTEMPTS_MAX) {
      return new Decision(
          replay,
          new Step.Abandoned(
              "post %d: no answer in %d attempts, the last: %s"
                  .formatted(acknowledged + 1, ATTEMPTS_MAX, detail)));
    }
    return new Decision(replay, new Step.Send(acknowledged + 1, replay.pause()));
  }

  /* Doubled with every failure: 10, 20, 40 … milliseconds, and a second at most. */
  private Duration pause() {
    var pause = PAUSE_MIN.multipliedBy(1L << Math.min(failures - 1, 10));
    return pause.compareTo(PAUSE_MAX) < 0 ? pause : PAUSE_MAX;
  }
}
