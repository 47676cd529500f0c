package io.roster.demo.chat;

/** What a room did with a post. Immutable. */
public sealed interface PostOutcome {

  /**
   * The post is the room's latest.
   *
   * @param sequence its number
   */
  record Applied(long sequence) implements PostOutcome {}

  /**
   * The room has had this post before, under the same number; it was not applied again.
   *
   * @param sequence its number
   */
  record Repeated(long sequence) implements PostOutcome {}

  /**
   * The room is not there yet; nothing was applied.
   *
   * @param expected the number that the room waits for
   * @param got the number that came
   */
  record OutOfSequence(long expected, long got) implements PostOutcome {}

  /**
   * The room has another post under this number; nothing was applied.
   *
   * @param sequence the number
   */
  record Conflicting(long sequence) implements PostOutcome {}
}
