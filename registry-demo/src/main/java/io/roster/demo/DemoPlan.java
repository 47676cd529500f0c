package io.roster.demo;

/** The numbers of the demo's one story. */
final class DemoPlan {

  /** Nodes at the beginning. */
  static final int NODES_AT_BEGIN = 3;

  /** One joins. */
  static final int NODES_STARTED = 4;

  /** One leaves. */
  static final int NODES_AT_END = 3;

  private DemoPlan() {}
}
