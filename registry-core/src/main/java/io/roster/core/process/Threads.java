package io.roster.core.process;

import io.roster.core.carrier.CarrierWatch;
import io.roster.core.carrier.Carriers;
import io.roster.core.identity.NodeName;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The threads that processes run on. Thread-safe.
 *
 * <p>A plain process has a thread to itself from its beginning to its end, a server for a turn;
 * then the thread is used again. So a thread local does not belong to a process.
 */
final class Threads implements AutoCloseable {

  /**
   * Whether a thread that is woken waits for the core of whoever wakes it, and gets it in its turn.
   * Then nothing need be done about turns, and a look before a wait would keep out the very one it
   * looks for.
   */
  static final boolean ON_CARRIERS = Carriers.arePresent();

  private final ThreadFactory virtual;
  private final Workers workers;
  private final Companions companions;
  private final CarrierWatch.@Nullable Share watch;
  private final ExecutorService platform;

  Threads(NodeName node) {
    virtual =
        Carriers.threads().name("process@" + node).inheritInheritableThreadLocals(false).factory();
    workers = new Workers(virtual);
    companions = new Companions(virtual);
    watch = ON_CARRIERS ? null : CarrierWatch.ofJvm().share();
    platform =
        Executors.newCachedThreadPool(
            Thread.ofPlatform()
                .name("server@" + node)
                .daemon(true)
                .inheritInheritableThreadLocals(false)
                .factory());
  }

  /** Runs {@code turn}: all of a plain process, or one activation of a server. */
  void run(RunsOn runsOn, Workers.Work turn) {
    switch (runsOn) {
      case VIRTUAL -> workers.run(turn);
      case PLATFORM -> runOnPlatform(turn);
    }
  }

  /** As {@link #run}, while the present thread waits for what comes of it. */
  void runMeanwhile(RunsOn runsOn, Workers.Work turn) {
    if (runsOn != RunsOn.VIRTUAL || !companions.run(turn)) {
      run(runsOn, turn);
    }
  }

  /** Runs {@code turn} after what others have to do: to be used by turns that follow each other. */
  void runBehindOthers(RunsOn runsOn, Workers.Work turn) {
    switch (runsOn) {
      case VIRTUAL -> workers.runBehindOthers(turn);
      case PLATFORM -> runOnPlatform(turn);
    }
  }

  private void runOnPlatform(Workers.Work turn) {
    platform.execute(
        () -> {
          var running = new Current.Running();
          running.bindWhile(() -> turn.run(running));
        });
  }

  /** Whether a thread may look a moment longer for work, since no other is kept out by that. */
  boolean mayLook() {
    return !ON_CARRIERS && workers.isIdle();
  }

  /** Wakes {@code sleeper} after what others have to do. */
  void wakeBehindOthers(Thread sleeper) {
    if (sleeper.isVirtual() && !ON_CARRIERS) {
      virtual.newThread(() -> LockSupport.unpark(sleeper)).start();
    } else {
      LockSupport.unpark(sleeper);
    }
  }

  @Override
  public void close() {
    if (watch != null) {
      watch.close();
    }
    workers.close();
    companions.close();
    platform.shutdown();
  }
}
