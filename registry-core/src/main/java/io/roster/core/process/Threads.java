package io.roster.core.process;

import io.roster.core.identity.NodeName;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;

/**
 * The threads that processes run on. Thread-safe.
 *
 * <p>A plain process has a thread of its own; servers take turns on threads that are used again. So
 * a thread local does not belong to a server.
 */
final class Threads implements AutoCloseable {

  private final ThreadFactory virtual;
  private final Workers workers;
  private final CarrierWatch watch;
  private final ExecutorService platform;

  Threads(NodeName node) {
    virtual =
        Thread.ofVirtual().name("process@" + node).inheritInheritableThreadLocals(false).factory();
    workers = new Workers(virtual);
    watch = CarrierWatch.start(node, virtual);
    platform =
        Executors.newCachedThreadPool(
            Thread.ofPlatform()
                .name("server@" + node)
                .daemon(true)
                .inheritInheritableThreadLocals(false)
                .factory());
  }

  /** Runs {@code code} on a thread of its own. */
  void start(Runnable code) {
    virtual.newThread(code).start();
  }

  /** Runs {@code turn}, one activation of a server. */
  void run(RunsOn runsOn, Runnable turn) {
    switch (runsOn) {
      case VIRTUAL -> workers.run(turn);
      case PLATFORM -> platform.execute(turn);
    }
  }

  /** Runs {@code turn} after what others have to do: to be used by turns that follow each other. */
  void runBehindOthers(RunsOn runsOn, Runnable turn) {
    switch (runsOn) {
      case VIRTUAL -> workers.runBehindOthers(turn);
      case PLATFORM -> platform.execute(turn);
    }
  }

  /** Wakes {@code sleeper} after what others have to do. */
  void wakeBehindOthers(Thread sleeper) {
    if (sleeper.isVirtual()) {
      workers.runBehindOthers(() -> LockSupport.unpark(sleeper));
    } else {
      LockSupport.unpark(sleeper);
    }
  }

  @Override
  public void close() {
    watch.close();
    workers.close();
    platform.shutdown();
  }
}
