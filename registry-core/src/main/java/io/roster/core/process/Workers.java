package io.roster.core.process;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Virtual threads that wait for the next piece of work when they have done one. Thread-safe, never
 * blocks whoever gives work.
 */
final class Workers implements AutoCloseable {

  /*
   * To wake a parked virtual thread is far cheaper than to start one: it goes into the run queue of the
   * present carrier, where a new thread goes through the pool's shared one, and it has its stack already.
   *
   * But a carrier serves its own queue first, for as long as that holds anything: two threads that wake
   * each other in turns would keep everybody out who waits in the shared queue, new threads above all.
   * Hence runBehindOthers: whoever wakes threads again and again uses it now and then, which gives the
   * carrier's own queue a chance to run dry. No more than a chance: others may keep it filled.
   *
   * Those that wait lie in a few stacks, so that cores do not fight for one head and the warmest thread is
   * taken first. A link of a stack is made anew for each push: nobody can mistake an old head for a new one.
   * Every link knows how many lie beneath it, which is the bound.
   */

  /** Waiting threads in one stack; more than that end when their work is done. */
  private static final int WAITING_MAX = 128;

  /** Distance of two heads in the array, so that they share no cache line. */
  private static final int SPREAD = 32;

  private final ThreadFactory factory;
  private final int stacks;
  private final AtomicReferenceArray<@Nullable Link> heads;
  private volatile boolean closed;

  private record Link(Worker worker, @Nullable Link below, int depth) {}

  Workers(ThreadFactory factory) {
    this.factory = factory;
    stacks = Integer.highestOneBit(Runtime.getRuntime().availableProcessors());
    heads = new AtomicReferenceArray<>(stacks * SPREAD);
  }

  /** Has {@code work}, which throws nothing, run soon on a thread that it may block. */
  void run(Runnable work) {
    Worker worker = take();
    if (worker == null) {
      runBehindOthers(work);
    } else {
      worker.give(work);
    }
  }

  /** As {@link #run}, but after what waits for a thread already. */
  void runBehindOthers(Runnable work) {
    factory.newThread(new Worker(work)).start();
  }

  private @Nullable Worker take() {
    int first = stack();
    for (int i = 0; i < stacks; i++) {
      int at = (first + i) % stacks * SPREAD;
      for (Link head = heads.get(at); head != null; head = heads.get(at)) {
        if (heads.compareAndSet(at, head, head.below)) {
          return head.worker;
        }
      }
    }
    return null;
  }

  /** Lets {@code worker} be taken; false if enough wait already. */
  private boolean offer(Worker worker) {
    int at = stack() * SPREAD;
    while (!closed) {
      Link head = heads.get(at);
      int depth = head == null ? 1 : head.depth + 1;
      if (depth > WAITING_MAX) {
        return false;
      }
      if (heads.compareAndSet(at, head, new Link(worker, head, depth))) {
        if (closed) {
          endAll();
        }
        return true;
      }
    }
    return false;
  }

  private int stack() {
    return (int) Thread.currentThread().threadId() & (stacks - 1);
  }

  private void endAll() {
    for (Worker worker = take(); worker != null; worker = take()) {
      worker.end();
    }
  }

  /** Ends the threads that wait, and the others when their work is done. */
  @Override
  public void close() {
    closed = true;
    endAll();
  }

  /** One thread. */
  private final class Worker implements Runnable {

    private volatile @Nullable Runnable work;
    private volatile boolean ended;
    private @Nullable Thread thread;

    private Worker(Runnable first) {
      work = first;
    }

    private void give(Runnable next) {
      work = next;
      LockSupport.unpark(thread);
    }

    private void end() {
      ended = true;
      LockSupport.unpark(thread);
    }

    @Override
    public void run() {
      thread = Thread.currentThread();
      do {
        runNext();
      } while (await());
    }

    /** A method of its own, so that a thread that waits holds on to nothing of its last work. */
    private void runNext() {
      Runnable next = work;
      work = null;
      // Meant for whoever had the thread before.
      Thread.interrupted();
      if (next != null) {
        next.run();
      }
    }

    /** Waits for the next piece of work; false if there is to be none. */
    private boolean await() {
      if (!offer(this)) {
        return false;
      }
      while (work == null && !ended) {
        LockSupport.park(this);
        // Nobody's any more; left alone it would let no further park wait.
        Thread.interrupted();
      }
      return work != null;
    }
  }
}
