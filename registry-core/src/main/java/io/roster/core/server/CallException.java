package io.roster.core.server;

/** A call whose reply was required has none. */
public final class CallException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient CallFailure failure;

  /** A call that ended in {@code failure}. */
  public CallException(CallFailure failure) {
    super("no reply: " + failure);
    this.failure = failure;
  }

  /** Why there is no reply. */
  public CallFailure failure() {
    return failure;
  }
}
