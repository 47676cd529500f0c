package io.roster.net.codec;

/** A message that cannot be written, or bytes that are no message. */
public final class CodecException extends Exception {

  private static final long serialVersionUID = 1;

  private final Kind kind;

  /**
   * @param message what was expected and what came
   */
  public CodecException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  /**
   * @param message what was expected and what came
   * @param cause what the user's code or the parser said
   */
  public CodecException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** What sort of trouble it is. */
  public Kind kind() {
    return kind;
  }

  /** The sorts of trouble. */
  public enum Kind {
    /** The type, or the alias, is not registered on this node. */
    UNKNOWN_TYPE,
    /** A value that has no form on the wire, such as null. */
    NOT_ENCODABLE,
    /** The bytes are not what the alias promises. */
    MALFORMED,
    /** Too deep, too many elements or too many bytes. */
    LIMIT
  }
}
