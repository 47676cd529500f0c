package io.roster.node.cli;

/** A command cannot go on, for a reason that its user can understand and put right. */
public final class CommandFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int exitCode;

  private CommandFailure(int exitCode, String message) {
    super(message, null, false, false);
    this.exitCode = exitCode;
  }

  /**
   * It was tried and failed.
   *
   * @param message {@code expected X, got: Y}, or what happened to what
   */
  public static CommandFailure failed(String message) {
    return new CommandFailure(RosterCommand.FAILED, message);
  }

  /**
   * It makes no sense, so nothing was tried.
   *
   * @param message {@code expected X, got: Y}
   */
  public static CommandFailure usage(String message) {
    return new CommandFailure(RosterCommand.USAGE, message);
  }

  /** With what the process ends. */
  public int exitCode() {
    return exitCode;
  }
}
