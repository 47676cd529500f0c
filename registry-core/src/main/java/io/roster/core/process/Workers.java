package io.roster.core.process;

import static java.util.Objects.requireNonNull;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Virtual threads that take pieces of work from one queue, first come first served. Work may block:
 * then another thread goes on with the queue. Thread-safe, never blocks whoever gives work.
 */
final class Workers implements AutoCloseable {

  /*
   * A thread that has done its work takes the next piece, which is far cheaper than to wake or start a
   * thread for each. What must never happen is that work waits while the threads that could take it
   * are blocked in what they do, and nobody can see from outside whether they are. Hence one rule:
   *
   *   while the queue holds anything, some thread has been woken that has not looked at it yet
   *   (`coming`).
   *
   * Whoever adds work wakes one if none is coming; whoever takes work and leaves some behind does, too. A
   * thread that comes says so before it looks, so what was added while it was coming is seen. It waits for a
   * carrier like any other thread: while all carriers are busy there is one such thread and no more.
   *
   * A thread that finds the queue dry looks a moment longer before it waits, if that has paid lately: work that
   * comes meanwhile costs no wake-up. While it looks it is the one that comes. Not so if it has woken somebody
   * since it took its work: whoever that is waits in this carrier's queue, most likely, and is better served.
   *
   * A carrier serves its own queue first, for as long as that holds anything: threads that wake
   * each other in turns would keep everybody out who waits in the pool's shared queue, new threads above
   * all. Hence runBehindOthers: whoever goes on for long uses it now and then, which gives the
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

  /** Pieces of work between two looks at the clock. */
  private static final int LOOK = 32;

  /** How long a thread goes on before everybody gets the carrier, as {@link #now} counts. */
  private static final int ROW = 2;

  private static final VarHandle COMING;

  static {
    try {
      COMING = MethodHandles.lookup().findVarHandle(Workers.class, "coming", boolean.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final ThreadFactory factory;
  private final Queue<Work> queue = new ConcurrentLinkedQueue<>();

  /**
   * With the next work. One at a time looks; what the others read of it may be old, which costs a
   * look at most.
   */
  private final Patience patience = new Patience();

  private final int stacks;
  private final AtomicReferenceArray<@Nullable Link> heads;

  /** A thread was woken that has not looked at the queue yet. */
  private volatile boolean coming;

  private volatile boolean closed;

  private record Link(Worker worker, @Nullable Link below, int depth) {}

  /** Something to do, which throws nothing. */
  @FunctionalInterface
  interface Work {

    /**
     * Does it.
     *
     * @param running where to note whose code the thread runs
     */
    void run(Current.Running running);
  }

  Workers(ThreadFactory factory) {
    this.factory = factory;
    stacks = Integer.highestOneBit(Runtime.getRuntime().availableProcessors());
    heads = new AtomicReferenceArray<>(stacks * SPREAD);
  }

  /** Has {@code work} run soon on a thread that it may block. */
  void run(Work work) {
    queue.add(work);
    call();
  }

  /** As {@link #run}, but after what waits for a carrier already. */
  void runBehindOthers(Work work) {
    factory.newThread(new Worker(work)).start();
  }

  /** Whether no work waits. */
  boolean isIdle() {
    return queue.isEmpty();
  }

  /** Sees to it that somebody comes to look at the queue. */
  private void call() {
    if (!coming && COMING.compareAndSet(this, false, true)) {
      Worker worker = take();
      if (worker == null) {
        factory.newThread(new Worker(null)).start();
      } else {
        worker.wake();
      }
    }
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
      worker.wake();
    }
  }

  /** Ends the threads that wait, and the others when there is no more work. */
  @Override
  public void close() {
    closed = true;
    endAll();
  }

  /** About milliseconds: {@code 1 << 20} nanoseconds. */
  private static int now() {
    return (int) (System.nanoTime() >> 20);
  }

  /** One thread. */
  private final class Worker extends Waiter {

    /** What it does next; at first null if it was made for the queue. */
    private @Nullable Work work;

    // A process that waits keeps its thread's worker, so there are many of them: small types.
    private byte inRow;
    private int rowBegan = now();

    private Worker(@Nullable Work first) {
      work = first;
    }

    /** Few frames stand below a process that waits: each is memory for as long as it does. */
    @Override
    void serve() {
      if (work == null) {
        coming = false;
        work = next();
      }
      while (work != null) {
        takeUp();
        taken().run(this);
        if (++inRow % LOOK == 0 && now() - rowBegan >= ROW) {
          standBehindOthers();
        }
        work = next();
      }
    }

    /** No variable keeps what it did last, so that a thread that waits holds on to nothing. */
    private Work taken() {
      Work next = requireNonNull(work);
      work = null;
      return next;
    }

    /** What to do next, as soon as there is something; null if the thread is to end. */
    private @Nullable Work next() {
      Work next = queue.poll();
      if (next == null) {
        next = look();
      }
      while (next == null) {
        if (!await()) {
          return null;
        }
        next = queue.poll();
      }
      if (!queue.isEmpty()) {
        call();
      }
      // Meant for whoever had the thread before.
      Thread.interrupted();
      return next;
    }

    private @Nullable Work look() {
      if (Threads.ON_CARRIERS
          || hasWoken()
          || coming
          || !COMING.compareAndSet(Workers.this, false, true)) {
        return null;
      }
      var _ = patience.await(queue::peek, 1);
      coming = false;
      return queue.poll();
    }

    @SuppressWarnings("ThreadPriorityCheck") // fairness alone depends on it, not correctness
    private void standBehindOthers() {
      if (Threads.ON_CARRIERS) {
        Thread.yield();
      } else {
        lieDown();
        factory.newThread(this::wake).start();
        awaitWake();
      }
      rowBegan = now();
    }

    /** Waits until it is called; false if it is to end. */
    private boolean await() {
      lieDown();
      if (!offer(this)) {
        return false;
      }
      awaitWake();
      rowBegan = now();
      coming = false;
      return true;
    }
  }
}
