package io.roster.node;

import io.roster.node.admin.AdminRoutes;
import io.roster.node.fleet.MessageCodec;
import io.roster.node.fleet.WorkerType;

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

  /**
   * Makes a type of worker known: this node may run such workers.
   *
   * @return this
   */
  ModuleContext worker(WorkerType<?, ?, ?> type);

  /**
   * Writes and reads messages of the types that all modules make known, for a worker type's state
   * and arguments. May be handed on now, and used once the node runs.
   */
  MessageCodec messages();

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
