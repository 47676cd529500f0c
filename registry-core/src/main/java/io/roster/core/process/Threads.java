package io.roster.core.process;

import io.roster.core.identity.NodeName;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;

/**
 * The threads that processes run on. Thread-safe.
 *
 * <p>A plain process has a thread to itself from its beginning to its end, a server for a turn;
 * then the thread is used again. So a thread local does not belong to a process.
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

  /** Runs {@code turn}: all of a plain process, or one activation of a server. */
  void run(RunsOn runsOn, Workers.Work turn) {
    switch (runsOn) {
      case VIRTUAL -> workers.run(turn);
      case PLATFORM -> runOnPlatform(turn);
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

  /** Whether no process waits for a virtual thread. */
  boolean isIdle() {
    return workers.isIdle();
  }

  /** Wakes {@code sleeper} after what others have to do. */
  void wakeBehindOthers(Thread sleeper) {
    if (sleeper.isVirtual()) {
      virtual.newThread(() -> LockSupport.unpark(sleeper)).start();
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
