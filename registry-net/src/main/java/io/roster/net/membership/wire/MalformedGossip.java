package io.roster.net.membership.wire;

/** Bytes that are no gossip message. */
public final class MalformedGossip extends Exception {

  private static final long serialVersionUID = 1L;

  /** Says what was expected and what came. */
  public MalformedGossip(String message) {
    super(message);
  }

  /** Says what was expected and what came. */
  public MalformedGossip(String message, Throwable cause) {
    super(message, cause);
  }
}
