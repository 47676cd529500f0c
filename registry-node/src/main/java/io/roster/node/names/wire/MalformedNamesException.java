package io.roster.node.names.wire;

/** Bytes that are no message about names; the message says what was expected and what came. */
public final class MalformedNamesException extends Exception {

  private static final long serialVersionUID = 1L;

  MalformedNamesException(String message) {
    super(message);
  }

  MalformedNamesException(String message, Throwable cause) {
    super(message, cause);
  }
}
