package io.roster.node.names;

import io.roster.core.identity.ProcessName;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who wants to hear of names. Thread-safe. */
final class Watches {

  private static final Logger LOG = LoggerFactory.getLogger(Watches.class);

  private final ConcurrentHashMap<ProcessName, List<NameEvent.Listener>> byName =
      new ConcurrentHashMap<>();
  private final List<NameEvent.Listener> all = new CopyOnWriteArrayList<>();

  NameEvent.Subscription add(ProcessName name, NameEvent.Listener listener) {
    byName.compute(
        name,
        (_, present) -> {
          var listeners =
              present == null ? new CopyOnWriteArrayList<NameEvent.Listener>() : present;
          listeners.add(listener);
          return listeners;
        });
    return () ->
        byName.computeIfPresent(
            name,
            (_, listeners) -> {
              listeners.remove(listener);
              return listeners.isEmpty() ? null : listeners;
            });
  }

  NameEvent.Subscription addToAll(NameEvent.Listener listener) {
    all.add(listener);
    return () -> all.remove(listener);
  }

  void tell(NameEvent event) {
    byName.getOrDefault(event.name(), List.of()).forEach(listener -> tell(listener, event));
    all.forEach(listener -> tell(listener, event));
  }

  private static void tell(NameEvent.Listener listener, NameEvent event) {
    try {
      listener.on(event);
    } catch (RuntimeException e) {
      LOG.warn("name {}: a listener failed", event.name(), e);
    }
  }
}
