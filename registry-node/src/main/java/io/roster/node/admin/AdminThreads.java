package io.roster.node.admin;

import java.util.concurrent.Executors;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Threads of the admin port: few for the sockets, a virtual one for each request. Stateless. */
final class AdminThreads {

  private static final int THREADS_MAX = 16;
  private static final int THREADS_MIN = 2;

  private AdminThreads() {}

  static QueuedThreadPool pool(String nodeName) {
    var pool = new QueuedThreadPool(THREADS_MAX, THREADS_MIN);
    pool.setName("admin@" + nodeName);
    pool.setDaemon(true);
    pool.setVirtualThreadsExecutor(
        Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("admin-request@" + nodeName).factory()));
    return pool;
  }
}
