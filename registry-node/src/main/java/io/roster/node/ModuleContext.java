package io.roster.node;

import io.roster.node.admin.AdminRoutes;

/** What a {@link RosterModule} may do while a node starts. Confined to the starting thread. */
public interface ModuleContext {

  /**
   * Makes a type of message known, so that it can cross to other nodes and clients.
   *
   * @param alias what it is called on the wire, the same on every node
   * @param type a record, a sealed interface of records, an enum or a generated protobuf message
   * @return this
   * @throws IllegalArgumentException if the alias or the type is taken, or has no form on the wire
   */
  ModuleContext message(String alias, Class<?> type);

  /** Where the module puts paths of its own on the admin port. */
  AdminRoutes routes();

  /**
   * Runs {@code action} when every part of the node runs, before it is ready. It may start
   * processes and claim names; what it throws ends the start of the node.
   *
   * @return this
   */
  ModuleContext onStart(StartAction action);

  /** Does something with a node that has just started. */
  @FunctionalInterface
  interface StartAction {

    /** Called once, on the starting thread; may block. */
    void run(RosterNode node) throws Exception;
  }
}
