package io.roster.net.membership.wire;

/** Bytes that are no gossip message. */
public sealed class MalformedGossip extends Exception permits UnknownGossip {

  private static final long serialVersionUID = 1L;

  /** Says what was expected and what came. */
  public MalformedGossip(String message) {
    super(message);
  }

  /** Says what was expected and what came. */
  public MalformedGossip(String message, Throwable cause) {
    super(message, cause);
  }

  /** One without a stack, for what may come many times in a message. */
  MalformedGossip(String message, boolean withStack) {
    super(message, null, false, withStack);
  }
}
