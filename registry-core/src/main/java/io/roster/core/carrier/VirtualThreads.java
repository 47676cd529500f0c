package io.roster.core.carrier;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What of the JDK's virtual threads a scheduler needs and the JDK gives to none but its own tests.
 * Where {@code java.lang} is not open to this code, or has changed, there is none of it.
 */
final class VirtualThreads {

  private static final @Nullable MethodHandle CARRIER = find();

  private VirtualThreads() {}

  private static @Nullable MethodHandle find() {
    try {
      MethodHandle found =
          MethodHandles.privateLookupIn(Thread.class, MethodHandles.lookup())
              .findStatic(
                  Thread.class, "currentCarrierThread", MethodType.methodType(Thread.class));
      var _ = builder(Runnable::run);
      return found;
    } catch (ReflectiveOperationException | RuntimeException _) {
      return null;
    }
  }

  /** Whether the other methods work. */
  static boolean canBeScheduled() {
    return CARRIER != null;
  }

  /** Builds virtual threads that {@code scheduler} runs. */
  static Thread.Builder.OfVirtual builder(Executor scheduler) throws ReflectiveOperationException {
    var make =
        Class.forName("java.lang.ThreadBuilders$VirtualThreadBuilder")
            .getDeclaredConstructor(Executor.class);
    make.setAccessible(true);
    return (Thread.Builder.OfVirtual) make.newInstance(scheduler);
  }

  /** The platform thread that runs this. */
  static Thread currentCarrier() {
    MethodHandle carrier = CARRIER;
    if (carrier == null) {
      throw new IllegalStateException("expected java.lang to be open");
    }
    try {
      return (Thread) carrier.invokeExact();
    } catch (Throwable e) {
      throw new IllegalStateException("expected a thread, got: " + e, e);
    }
  }
}
