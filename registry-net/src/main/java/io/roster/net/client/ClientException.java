package io.roster.net.client;

/** Thrown by {@link ClientResult#orElseThrow} where there is no answer. */
public final class ClientException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final transient ClientFailure failure;

  /**
   * @param failure why there is no answer
   */
  public ClientException(ClientFailure failure) {
    super(failure.toString());
    this.failure = failure;
  }

  /** Why there is no answer. */
  public ClientFailure failure() {
    return failure;
  }
}
