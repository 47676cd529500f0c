package io.roster.core.supervisor;

import io.roster.core.identity.Pid;
import io.roster.core.identity.ProcessName;
import io.roster.core.naming.NameRegistry;
import io.roster.core.naming.Registration;
import io.roster.core.naming.Via;
import io.roster.core.process.ProcessSystem;
import io.roster.core.process.StartName;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The partitions of one partition supervisor: which process has which, and how many are in use.
 * Thread-safe; one for each start of the supervisor.
 */
final class Partitions implements NameRegistry {

  private final ProcessSystem system;
  private final ConcurrentHashMap<ProcessName, Pid> holders = new ConcurrentHashMap<>();
  private final int max;

  /** Written under {@link #resizing} alone. */
  private volatile int count;

  /** Held from the first start or stop of a resize to its last. */
  private final ReentrantLock resizing = new ReentrantLock();

  Partitions(ProcessSystem system, int count) {
    this.system = system;
    this.max = count;
    this.count = count;
  }

  /** Those that children of a supervisor are; empty if it is no partition supervisor. */
  static Optional<Partitions> of(List<ChildSpec> specs) {
    return specs.stream()
        .map(spec -> spec.options().name())
        .filter(StartName.InRegistry.class::isInstance)
        .map(name -> ((StartName.InRegistry) name).via().registry())
        .filter(Partitions.class::isInstance)
        .map(Partitions.class::cast)
        .findFirst();
  }

  int count() {
    return count;
  }

  /** The name of the partition that {@code key} leads to. */
  Via viaOf(Object key) {
    return via(partitionOf(key));
  }

  Via via(int partition) {
    return new Via(this, new ProcessName(String.valueOf(partition)));
  }

  int partitionOf(Object key) {
    int present = count;
    if (present == 0) {
      throw new IllegalStateException("expected one partition or more, got: 0");
    }
    return switch (key) {
      case Byte number -> partitionOf(number.longValue(), present);
      case Short number -> partitionOf(number.longValue(), present);
      case Integer number -> partitionOf(number.longValue(), present);
      case Long number -> partitionOf(number.longValue(), present);
      case BigInteger number -> number.abs().mod(BigInteger.valueOf(present)).intValue();
      default -> Math.floorMod(spread(key.hashCode()), present);
    };
  }

  private static int partitionOf(long number, int count) {
    return (int) Math.abs(number % count);
  }

  /** Hash codes of like keys lie side by side; multiplied, their high bits differ. */
  private static int spread(int hash) {
    return (hash * 0x9E3779B9) >>> 7;
  }

  /** Changes how many there are, after any other who does that. */
  ResizeResult resize(SupervisorRef supervisor, int wanted) {
    if (wanted < 0 || wanted > max) {
      throw new IllegalArgumentException("expected 0 to " + max + " partitions, got: " + wanted);
    }
    try {
      resizing.lockInterruptibly();
    } catch (InterruptedException e) {
      throw system.interrupted("waiting for another resize");
    }
    try {
      // Somebody who was ended during a resize may have left children that are not in use.
      stopUnused(supervisor);
      ResizeResult result = start(supervisor, wanted);
      if (result instanceof ResizeResult.Resized) {
        count = wanted;
      }
      stopUnused(supervisor);
      return result;
    } finally {
      resizing.unlock();
    }
  }

  private void stopUnused(SupervisorRef supervisor) {
    for (int i = max - 1; i >= count; i--) {
      supervisor.terminateChild(String.valueOf(i));
    }
  }

  private ResizeResult start(SupervisorRef supervisor, int wanted) {
    for (int i = count; i < wanted; i++) {
      ChildResult started = supervisor.restartChild(String.valueOf(i));
      if (!isThere(started)) {
        return new ResizeResult.NotStarted(i, started);
      }
    }
    return new ResizeResult.Resized(wanted);
  }

  /** As at the start of the supervisor, a partition may choose not to run. */
  private static boolean isThere(ChildResult started) {
    return switch (started) {
      case ChildResult.Started _,
          ChildResult.Ignored _,
          ChildResult.Running _,
          ChildResult.Restarting _ ->
          true;
      case ChildResult.StandingBy _,
          ChildResult.Failed _,
          ChildResult.AlreadyStarted _,
          ChildResult.AlreadyPresent _,
          ChildResult.Done _,
          ChildResult.NotFound _,
          ChildResult.MaxChildren _,
          ChildResult.BadSpec _ ->
          false;
    };
  }

  @Override
  public Registration register(ProcessName name, Pid pid) {
    Pid holder =
        holders.compute(
            name, (_, present) -> present != null && system.isAlive(present) ? present : pid);
    if (!holder.equals(pid)) {
      return new Registration.AlreadyRegistered(name, holder);
    }
    boolean alive = system.onExit(pid, (dead, _) -> holders.remove(name, dead));
    if (!alive) {
      holders.remove(name, pid);
      return new Registration.NotAlive(name, pid);
    }
    return new Registration.Registered(name, pid);
  }

  @Override
  public boolean unregister(ProcessName name, Pid pid) {
    return holders.remove(name, pid);
  }

  @Override
  public Optional<Pid> whereis(ProcessName name) {
    return Optional.ofNullable(holders.get(name));
  }
}
