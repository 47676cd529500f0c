package io.roster.node;

import io.roster.net.codec.MessageTypes;
import io.roster.node.admin.AdminRoutes;
import io.roster.node.admin.RouteTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gathers what the modules of one node bring. Confined to the starting thread. */
final class ModuleSetup implements ModuleContext {

  private final RouteTable routes = new RouteTable();
  private final MessageTypes.Builder types = MessageTypes.builder();
  private final Map<String, Class<?>> classes = new LinkedHashMap<>();
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

  List<StartAction> startActions() {
    return List.copyOf(actions);
  }
}
