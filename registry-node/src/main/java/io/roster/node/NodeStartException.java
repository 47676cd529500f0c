package io.roster.node;

/** A node could not start. The message says what was expected and what came, for its operator. */
public final class NodeStartException extends Exception {

  private static final long serialVersionUID = 1L;

  NodeStartException(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
