package io.roster.core.carrier;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Runs virtual threads on platform threads of its own: whoever wakes another has it run on the same
 * core. Thread-safe.
 *
 * @see <a href="https://www.erlang.org/doc/apps/erts/erl_cmd.html#+S">The BEAM's schedulers</a>
 */
public final class Carriers implements Executor {

  /*
   * Processes that wait for each other are best off on one core: what they write stays in its caches, and no
   * other core is woken, which costs more than most messages do. The JDK's scheduler wakes a core for every thread
   * that becomes runnable, and an idle one steals whatever waits. Here nobody steals. A thread waits in the queue of
   * the carrier that woke it; what comes from outside, or does not fit, waits in a queue for all. The watch moves
   * work to idle carriers where that has waited for some time (`Watch`, `Sharing`).
   *
   * Nothing is lost between whoever adds to the shared queue and a carrier that goes to sleep: one adds and then
   * looks for idle ones, the other becomes idle and then looks at the queue. What waits for one carrier
   * needs no such thing: a carrier adds to its own queue while it runs.
   */

  /** For every process of this JVM; null where the JDK schedules them. */
  private static final @Nullable Carriers PRESENT = create();

  private final Queue<Runnable> shared = new ConcurrentLinkedQueue<>();
  private final List<Carrier> carriers = new CopyOnWriteArrayList<>();
  private final ConcurrentLinkedDeque<Carrier> idle = new ConcurrentLinkedDeque<>();

  /** Carriers that are not idle, or have been taken from the idle ones. */
  private final AtomicInteger active = new AtomicInteger();

  private final Watch watch;

  /** How many there should be. Guarded by this object's lock, as are additions and removals. */
  private int wanted;

  private int made;

  Carriers(int least) {
    watch = new Watch(this, least);
    resize(least);
  }

  private static @Nullable Carriers create() {
    if ("jdk".equals(System.getProperty("roster.carriers"))) {
      return null;
    }
    if (!VirtualThreads.canBeScheduled()) {
      LoggerFactory.getLogger(Carriers.class)
          .info(
              "the JDK schedules processes; with --add-opens java.base/java.lang=ALL-UNNAMED"
                  + " Roster does, which makes messages between them cheaper");
      return null;
    }
    var made = new Carriers(Runtime.getRuntime().availableProcessors());
    made.startWatch();
    return made;
  }

  /** Begins to move work to idle carriers and to see to it that there are enough of them. */
  void startWatch() {
    watch.start();
  }

  /** Whether nothing runs, and nobody looks whether something does. */
  boolean isAsleep() {
    return watch.isAsleep();
  }

  /** Whether they run the processes of this JVM; otherwise the JDK's do. */
  public static boolean arePresent() {
    return PRESENT != null;
  }

  /** Builds virtual threads that run on these carriers where they are present. */
  public static Thread.Builder.OfVirtual threads() {
    if (PRESENT == null) {
      return Thread.ofVirtual();
    }
    try {
      return VirtualThreads.builder(PRESENT);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("expected what has worked before to work, got: " + e, e);
    }
  }

  /**
   * To be called by a process with whatever it may do over and over without a wait. Who has done a
   * good deal and is waited for gives way, as the BEAM has it after so many reductions.
   */
  @SuppressWarnings("ThreadPriorityCheck") // fairness alone depends on it, not correctness
  public static void step() {
    if (VirtualThreads.canBeScheduled()
        && VirtualThreads.currentCarrier() instanceof Carrier here
        && here.hasHadItsShare()) {
      Thread.yield();
    }
  }

  /** Has {@code task}, which is a virtual thread's next turn, run soon. */
  @Override
  public void execute(Runnable task) {
    if (VirtualThreads.currentCarrier() instanceof Carrier here
        && here.isOf(this)
        && here.offer(task)) {
      return;
    }
    executeAnywhere(task);
  }

  /** Has {@code task} run by whichever carrier comes first. */
  void executeAnywhere(Runnable task) {
    shared.add(task);
    wakeOne();
  }

  @Nullable Runnable pollShared() {
    return shared.poll();
  }

  List<Carrier> carriers() {
    return carriers;
  }

  int idle() {
    return idle.size();
  }

  boolean areAllIdle() {
    return active.get() == 0;
  }

  private void wakeOne() {
    Carrier one = idle.poll();
    if (one != null) {
      activate(one);
    }
  }

  /** Wakes one that was taken from the idle ones. */
  private void activate(Carrier one) {
    active.incrementAndGet();
    one.wake();
  }

  /** The carrier finds nothing to do and is about to sleep. */
  void becomeIdle(Carrier one) {
    active.decrementAndGet();
    idle.push(one);
    if (!shared.isEmpty() && idle.remove(one)) {
      activate(one);
    }
  }

  /** A carrier has woken up. */
  void begins() {
    watch.wake();
  }

  /** How many there should be from now on. Those too many end when they have nothing to do. */
  void resize(int count) {
    synchronized (this) {
      wanted = count;
      while (carriers.size() < wanted) {
        var one = new Carrier(this, ++made);
        carriers.add(one);
        active.incrementAndGet();
        one.start();
      }
    }
    while (isOneTooMany() && !idle.isEmpty()) {
      wakeOne();
    }
  }

  private boolean isOneTooMany() {
    synchronized (this) {
      return carriers.size() > wanted;
    }
  }

  /** Whether {@code one}, which has nothing to do, is one too many; it is forgotten then. */
  boolean hasLetGo(Carrier one) {
    synchronized (this) {
      if (!isOneTooMany()) {
        return false;
      }
      carriers.remove(one);
      active.decrementAndGet();
      return true;
    }
  }
}
