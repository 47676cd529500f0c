package io.roster.demo.replay;

/** How one attempt to post ended, as the client was told. Immutable. */
public sealed interface Attempt {

  /** The room has the post. */
  record Acknowledged() implements Attempt {}

  /**
   * The post may have been applied, or not, or may still be.
   *
   * @param detail what the client was told
   */
  record Unknown(String detail) implements Attempt {}

  /**
   * The post was certainly not applied, and may be later: nobody has the name now, or a queue is
   * full.
   *
   * @param detail what the client was told
   */
  record NotYet(String detail) implements Attempt {}

  /**
   * The room will never take this post.
   *
   * @param detail why
   */
  record Refused(String detail) implements Attempt {}
}
