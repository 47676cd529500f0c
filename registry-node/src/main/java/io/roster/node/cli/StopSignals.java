package io.roster.node.cli;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ctrl-C and SIGTERM: the first asks for a graceful stop, the second ends the JVM at once. A
 * shutdown hook cannot tell the two apart, since the JVM ignores signals once it is going down.
 *
 * <p>The JDK has no supported class for signals; {@code sun.misc.Signal} is reached by reflection,
 * because javac's warning about it cannot be suppressed where it is used.
 */
final class StopSignals {

  private static final int FORCED = 130;

  private StopSignals() {}

  /**
   * Runs {@code stop} on a thread of its own at the first signal, and tells {@code again} before
   * the JVM ends at the second.
   */
  static void onStop(Runnable stop, Runnable again) {
    var count = new AtomicInteger();
    Runnable onSignal =
        () -> {
          if (count.getAndIncrement() == 0) {
            Thread.ofPlatform().name("stop").start(stop);
          } else {
            again.run();
            Runtime.getRuntime().halt(FORCED);
          }
        };
    handle("INT", onSignal);
    handle("TERM", onSignal);
  }

  private static void handle(String name, Runnable action) {
    try {
      var signal = Class.forName("sun.misc.Signal");
      var handler = Class.forName("sun.misc.SignalHandler");
      var proxy =
          Proxy.newProxyInstance(
              StopSignals.class.getClassLoader(),
              new Class<?>[] {handler},
              (self, method, args) ->
                  switch (method.getName()) {
                    case "equals" ->
                        System.identityHashCode(self) == System.identityHashCode(args[0]);
                    case "hashCode" -> System.identityHashCode(self);
                    case "toString" -> "handler of " + name;
                    default -> {
                      action.run();
                      yield null;
                    }
                  });
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
    } catch (ReflectiveOperationException e) {
      if (e instanceof InvocationTargetException broken
          && broken.getCause() instanceof IllegalArgumentException) {
        return; // The JVM was started with -Xrs: signals are not ours to take.
      }
      throw new IllegalStateException("invariant: the JDK has sun.misc.Signal", e);
    }
  }
}
