package io.roster.core.process;

/** Something that had to be started could not be. */
public final class StartException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient StartResult<?> result;

  StartException(StartResult<?> result) {
    super("could not be started: " + result);
    this.result = result;
  }

  /** How the start ended. */
  public StartResult<?> result() {
    return result;
  }
}
