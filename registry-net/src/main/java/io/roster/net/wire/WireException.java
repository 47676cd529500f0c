package io.roster.net.wire;

/** Bytes that are not the message they should be. Says what was expected and what came. */
public final class WireException extends Exception {

  private static final long serialVersionUID = 1;

  /**
   * @param message what was expected and what came
   */
  public WireException(String message) {
    super(message);
  }

  /**
   * @param message what was expected and what came
   * @param cause what the parser said
   */
  public WireException(String message, Throwable cause) {
    super(message, cause);
  }
}
