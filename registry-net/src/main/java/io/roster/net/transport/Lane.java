package io.roster.net.transport;

/** Which frames keep their order with one another. Immutable. */
public sealed interface Lane {

  /** Heartbeats, names and hand-offs: user traffic never delays it. */
  record Control() implements Lane {}

  /**
   * User traffic; equal keys share a lane.
   *
   * @param key usually the sending process's serial
   */
  record Data(long key) implements Lane {}

  /** {@link Control}. */
  static Lane control() {
    return new Control();
  }

  /** {@link Data} for {@code key}. */
  static Lane data(long key) {
    return new Data(key);
  }
}
