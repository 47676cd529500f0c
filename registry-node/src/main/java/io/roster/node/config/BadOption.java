package io.roster.node.config;

/**
 * An option has a value that cannot be used. The message names the key, what fits and what came.
 */
public final class BadOption extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  /**
   * An option that is wrong.
   *
   * @param key the option's full key, {@code roster.listen.link-port} for example
   * @param expected what would have fitted
   * @param got what came; never a secret
   */
  public BadOption(String key, String expected, Object got) {
    super("option " + key + ": expected " + expected + ", got: " + got);
  }

  /** An option whose value was refused by the type it was meant for, with that type's message. */
  BadOption(String key, IllegalArgumentException refusal) {
    super("option " + key + ": " + refusal.getMessage(), refusal);
  }
}
