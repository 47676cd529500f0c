package io.roster.core.process;

import io.roster.core.identity.NodeName;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;

/** The threads that processes run on. Thread-safe. */
final class Threads implements AutoCloseable {

  private final ThreadFactory virtual;
  private final ExecutorService platform;

  Threads(NodeName node) {
    virtual =
        Thread.ofVirtual().name("process@" + node).inheritInheritableThreadLocals(false).factory();
    platform =
        Executors.newCachedThreadPool(
            Thread.ofPlatform()
                .name("server@" + node)
                .daemon(true)
                .inheritInheritableThreadLocals(false)
                .factory());
  }

  void run(RunsOn runsOn, Runnable code) {
    switch (runsOn) {
      case VIRTUAL -> virtual.newThread(code).start();
      case PLATFORM -> platform.execute(code);
    }
  }

  @Override
  public void close() {
    platform.shutdown();
  }
}
