package io.roster.net.transport;

/** The parts that share the links, each with its own protobuf messages. */
public enum Feature {
  /** Signals between processes: {@code net.remote}. */
  SIGNALS(1),
  /** Requests of clients that are not members: {@code net.client}. */
  CLIENT(2),
  /** Global names: {@code node.names}. */
  NAMES(3),
  /** Workers, their placement and hand-off: {@code node.fleet}. */
  FLEET(4),
  /** Groups and publish/subscribe: {@code node.groups}. */
  GROUPS(5),
  /** Questions of operators: {@code node.admin}. */
  ADMIN(6);

  private final int number;

  Feature(int number) {
    this.number = number;
  }

  /** The number on the wire; never reused. */
  public int number() {
    return number;
  }
}
