package io.roster.node;

import io.roster.core.process.ProcessSystem;
import io.roster.net.codec.MessageTypes;
import io.roster.node.admin.AdminRoutes;
import io.roster.node.admin.RouteTable;
import io.roster.node.fleet.MessageCodec;
import io.roster.node.fleet.WorkerType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gathers what the modules of one node bring. Confined to the starting thread. */
final class ModuleSetup implements ModuleContext {

  private final RouteTable routes = new RouteTable();
  private final MessageTypes.Builder types = MessageTypes.builder();
  private final Map<String, Class<?>> classes = new LinkedHashMap<>();
  private final List<WorkerType<?, ?, ?>> workers = new ArrayList<>();
  private final LateMessages messages = new LateMessages();
  private final List<StartAction> actions = new ArrayList<>();

  /** Lets each of {@code modules} register what it has. */
  static ModuleSetup of(List<RosterModule> modules) {
    var setup = new ModuleSetup();
    for (var module : modules) {
      try {
        module.install(setup);
      } catch (RuntimeException e) {
        throw new IllegalArgumentException(
            "module " + module.name() + ": expected to be installed, got: " + e.getMessage(), e);
      }
    }
    return setup;
  }

  @Override
  public ModuleContext message(String alias, Class<?> type) {
    types.register(alias, type);
    classes.put(alias, type);
    return this;
  }

  @Override
  public ModuleContext worker(WorkerType<?, ?, ?> type) {
    workers.add(type);
    return this;
  }

  @Override
  public MessageCodec messages() {
    return messages;
  }

  @Override
  public AdminRoutes routes() {
    return routes;
  }

  @Override
  public ModuleContext onStart(StartAction action) {
    actions.add(action);
    return this;
  }

  RouteTable routeTable() {
    return routes;
  }

  MessageTypes messageTypes() {
    return types.build();
  }

  JsonMessages jsonMessages() {
    return new JsonMessages(classes);
  }

  /** The codec of all types for {@code system}, which {@link #messages} uses from now on. */
  MessageCodec messageCodec(MessageTypes all, ProcessSystem system) {
    var codec = MessageCodec.of(all, system);
    messages.use(codec);
    return codec;
  }

  List<WorkerType<?, ?, ?>> workerTypes() {
    return List.copyOf(workers);
  }

  List<StartAction> startActions() {
    return List.copyOf(actions);
  }
}
