package io.roster.core.process;

import io.roster.core.identity.Alias;
import io.roster.core.identity.Destination;
import io.roster.core.identity.Pid;
import io.roster.core.identity.ProcessName;
import io.roster.core.identity.Ref;
import io.roster.core.process.Relations.Watched;
import io.roster.core.signal.ExitReason;
import io.roster.core.signal.Signal;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One process: its mailbox, its ties, whether it lives and who runs it. What runs is a {@link
 * Runner}'s business.
 */
final class ProcessCell implements Workers.Work {

  /*
   * Two things are shared by threads.
   *
   * The phase says who may run the process. Whoever turns IDLE into ACTIVE runs it (a server), or wakes its
   * thread (a plain process). A sender first puts its message into the mailbox, then looks at the phase; the
   * runner first goes IDLE, then looks at the mailbox. So one of the two always sees the other.
   *
   * The ties and the moment of death are guarded by this object's lock: once `exited` is set nothing is
   * added, and what was there is taken over by the one who set it (Exits). A tie to another process is made
   * on both sides one after the other; every such place looks once more whether its first side still lives.
   */

  static final int IDLE = 0;
  static final int ACTIVE = 1;
  static final int SUSPENDED = 2;

  private static final VarHandle PHASE;

  static {
    try {
      PHASE = MethodHandles.lookup().findVarHandle(ProcessCell.class, "phase", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final ProcessSystem system;
  private final Pid pid;
  private final @Nullable Lineage lineage;
  private final Runner runner;
  private final Mailbox mailbox;

  @SuppressWarnings("unused") // through PHASE
  private volatile int phase = ACTIVE;

  /** Set once; the process is dead from then on. */
  private volatile @Nullable ExitReason exited;

  /** The thread inside the process's code. */
  private volatile @Nullable Thread thread;

  /** Who is told of each step, or nobody. */
  private volatile @Nullable Consumer<TraceEvent> tracer;

  /** Made with the first wait that has a limit, by the process's own thread. */
  private volatile @Nullable Alarm alarm;

  /** With answers; made with the first wait for one. */
  private @Nullable Patience patience;

  private volatile boolean suspended;
  private volatile boolean trapsExits;
  private @Nullable Relations relations;
  private @Nullable Lineage ownLine;
  private boolean fullReported;

  ProcessCell(
      ProcessSystem system, Pid pid, @Nullable Lineage lineage, Runner runner, int mailboxMax) {
    this.system = system;
    this.pid = pid;
    this.lineage = lineage;
    this.runner = runner;
    mailbox = new Mailbox(mailboxMax);
  }

  ProcessSystem system() {
    return system;
  }

  Pid pid() {
    return pid;
  }

  Runner runner() {
    return runner;
  }

  Mailbox mailbox() {
    return mailbox;
  }

  Optional<Pid> parent() {
    return lineage == null ? Optional.empty() : Optional.of(lineage.pid());
  }

  boolean isParent(Pid other) {
    return lineage != null && lineage.pid().equals(other);
  }

  List<Pid> ancestors() {
    return lineage == null ? List.of() : lineage.pids();
  }

  /** The line of this process's children. Two threads may make one each; they are equal. */
  Lineage lineOfChildren() {
    Lineage present = ownLine;
    if (present == null) {
      present = Lineage.under(pid, lineage);
      ownLine = present;
    }
    return present;
  }

  boolean isAlive() {
    return exited == null;
  }

  Optional<ExitReason> exited() {
    return Optional.ofNullable(exited);
  }

  /** What a sender hears who comes too late: the move, if it was one, else that nobody is there. */
  ExitReason reasonForLate() {
    return exited instanceof ExitReason.Moved moved ? moved : ExitReason.noProcess();
  }

  void requireAlive() {
    ExitReason reason = exited;
    if (reason != null) {
      throw new ProcessExited(pid, reason);
    }
  }

  // Mailbox

  /**
   * Takes something of a user's, within the limit.
   *
   * @param meanwhile whether the present thread waits for what the process does with it
   */
  Mailbox.Offer offerUser(Object body, boolean meanwhile) {
    return offered(mailbox.offerWithin(body), meanwhile);
  }

  private Mailbox.Offer offered(Mailbox.Offer offer, boolean meanwhile) {
    switch (offer) {
      case TAKEN -> wake(meanwhile);
      case FULL -> reportFull();
      case CLOSED -> {}
    }
    return offer;
  }

  /** Puts something of the system's into the mailbox, which is never refused while it lives. */
  void offerSystem(Object item) {
    if (mailbox.offer(item) == Mailbox.Offer.TAKEN) {
      wake(false);
    }
  }

  SendResult overloaded(Destination to) {
    return new SendResult.Overloaded(to, mailbox.length());
  }

  private void reportFull() {
    system.countRefused();
    synchronized (this) {
      if (fullReported) {
        return;
      }
      fullReported = true;
    }
    system.report(new ProcessReport.MailboxFull(pid, runner.label(), mailbox.lengthMax()));
  }

  // Running

  /** What its threads run. */
  @Override
  public void run(Current.Running running) {
    running.become(this);
    runner.run(this, running);
    running.become(null);
  }

  private void wake(boolean meanwhile) {
    if (phase == IDLE && PHASE.compareAndSet(this, IDLE, ACTIVE)) {
      runner.schedule(this, meanwhile);
    }
  }

  void wakeForExit() {
    Thread running = thread;
    if (running != null) {
      LockSupport.unpark(running);
    }
  }

  void enter(Thread running) {
    thread = running;
  }

  /** Forgets the thread, so that no later kill interrupts whatever it does next. */
  synchronized void leave() {
    thread = null;
    if (exited == null) {
      fullReported = fullReported && mailbox.length() >= mailbox.lengthMax();
    }
  }

  /** Waits on the process's own thread for a wake-up, which may come for no reason. */
  void park(Object blocker, long end) {
    if (end == Current.NEVER) {
      LockSupport.park(blocker);
      return;
    }
    if (exited != null) {
      // Its alarm is taken back for good; its code may run on.
      LockSupport.parkNanos(blocker, end - System.nanoTime());
      return;
    }
    Alarm present = alarm;
    if (present == null) {
      present = new Alarm(system.waits());
      alarm = present;
    }
    present.park(blocker, end);
  }

  /** How long the process's own thread looks for an answer before it sleeps. */
  Patience patience() {
    Patience present = patience;
    if (present == null) {
      present = new Patience();
      patience = present;
    }
    return present;
  }

  /** The process waits no more. */
  void stopAlarm() {
    Alarm present = alarm;
    if (present != null) {
      present.cancel();
    }
  }

  boolean hasAlarmSet() {
    Alarm present = alarm;
    return present != null && present.isSet();
  }

  boolean runsOn(Thread present) {
    return present.equals(thread);
  }

  Optional<Thread> thread() {
    return Optional.ofNullable(thread);
  }

  /** Lets the process be idle; false if there is something to do after all. */
  boolean rest() {
    phase = suspended ? SUSPENDED : IDLE;
    if (suspended) {
      return true;
    }
    if (PHASE.compareAndSet(this, SUSPENDED, ACTIVE)) {
      return false;
    }
    boolean something = exited == null && !mailbox.isEmpty();
    return !(something && PHASE.compareAndSet(this, IDLE, ACTIVE));
  }

  void stayActive() {
    phase = ACTIVE;
  }

  boolean isSuspended() {
    return suspended;
  }

  void suspend() {
    suspended = true;
    PHASE.compareAndSet(this, IDLE, SUSPENDED);
  }

  void resume() {
    suspended = false;
    if (PHASE.compareAndSet(this, SUSPENDED, ACTIVE)) {
      runner.schedule(this, false);
    } else {
      // The runner may have gone idle and then seen the suspension: it has left messages.
      wake(false);
    }
  }

  void traceTo(@Nullable Consumer<TraceEvent> told) {
    tracer = told;
  }

  boolean isTraced() {
    return tracer != null;
  }

  void trace(TraceEvent event) {
    Consumer<TraceEvent> told = tracer;
    if (told != null) {
      system.currentProcess().guard("tracer", () -> told.accept(event));
    }
  }

  // Ties

  boolean trapExits(boolean trap) {
    synchronized (this) {
      boolean before = trapsExits;
      trapsExits = trap;
      return before;
    }
  }

  boolean trapsExits() {
    return trapsExits;
  }

  /** Marks the process dead and hands its ties over; empty if it was dead already. */
  Optional<Relations> die(ExitReason reason) {
    synchronized (this) {
      if (exited != null) {
        return Optional.empty();
      }
      exited = reason;
      Relations left = relations == null ? Relations.NONE : relations;
      relations = null;
      mailbox.close();
      Thread running = thread;
      if (running != null && !running.equals(Thread.currentThread())) {
        running.interrupt();
      }
      return Optional.of(left);
    }
  }

  /** Runs {@code change} on the ties if the process lives. */
  private <T> Optional<T> whileAlive(Function<Relations, T> change) {
    synchronized (this) {
      if (exited != null) {
        return Optional.empty();
      }
      Relations present = relations;
      if (present == null) {
        present = new Relations();
        relations = present;
      }
      return Optional.of(change.apply(present));
    }
  }

  /** Looks at the ties under the lock; {@code look} must not block. */
  <T> T read(Function<Relations, T> look, Supplier<T> otherwise) {
    synchronized (this) {
      Relations present = relations;
      return present == null ? otherwise.get() : look.apply(present);
    }
  }

  /** Adds a link on this side; false if the process is dead. */
  boolean addLink(Pid other) {
    return whileAlive(
            ties -> {
              ties.addLink(other);
              return true;
            })
        .isPresent();
  }

  boolean removeLink(Pid other) {
    return read(ties -> ties.links().remove(other) != null, () -> false);
  }

  /** Notes a monitor of this process's own. */
  void addMonitor(Ref ref, Watched target) {
    var _ =
        whileAlive(
            ties -> {
              ties.addMonitor(ref, target);
              return true;
            });
  }

  /**
   * Forgets a monitor of this process's own; whoever gets its target decides what becomes of it.
   */
  Optional<Watched> removeMonitor(Ref ref) {
    return read(ties -> Optional.ofNullable(ties.monitors().remove(ref)), Optional::empty);
  }

  /** Adds a watcher; the reason of the end if the process is dead. */
  Optional<ExitReason> addWatcher(Object key, Object watcher) {
    Optional<Boolean> added =
        whileAlive(
            ties -> {
              ties.addWatcher(key, watcher);
              return true;
            });
    return added.isPresent() ? Optional.empty() : Optional.of(reasonForLate());
  }

  void removeWatcher(Object key) {
    var _ = read(ties -> ties.watchers().remove(key) != null, () -> false);
  }

  boolean addName(ProcessName name) {
    return whileAlive(
            ties -> {
              ties.addName(name);
              return true;
            })
        .isPresent();
  }

  void removeName(ProcessName name) {
    var _ = read(ties -> ties.names().remove(name) != null, () -> false);
  }

  boolean addAlias(Alias alias) {
    return whileAlive(
            ties -> {
              ties.addAlias(alias);
              return true;
            })
        .isPresent();
  }

  void removeAlias(Alias alias) {
    var _ = read(ties -> ties.aliases().remove(alias) != null, () -> false);
  }

  boolean addHook(ExitHook hook) {
    return whileAlive(
            ties -> {
              ties.addHook(hook);
              return true;
            })
        .isPresent();
  }

  void removeHook(ExitHook hook) {
    var _ = read(ties -> ties.hooks().remove(hook) != null, () -> false);
  }

  boolean noteKey(HeldKeys<?> in, Object key) {
    return whileAlive(
            ties -> {
              ties.addKey(in, key);
              return true;
            })
        .isPresent();
  }

  void forgetKey(HeldKeys<?> in, Object key) {
    var _ =
        read(
            ties -> {
              ties.removeKey(in, key);
              return true;
            },
            () -> false);
  }

  void forEachKey(HeldKeys<?> in, Consumer<Object> action) {
    var _ =
        read(
            ties -> {
              CompactMap.orEmpty(ties.held().get(in)).forEach((key, _) -> action.accept(key));
              return true;
            },
            () -> false);
  }

  // What a tie brings goes into the mailbox in the step that takes the tie away. Whoever takes it
  // away first, and finds it there, knows that nothing of it comes later.

  /** Delivers a {@code Down} to this watcher unless it has ended the monitor. */
  void monitorFired(Ref ref, ExitReason reason) {
    boolean told;
    synchronized (this) {
      Watched watched = relations == null ? null : relations.monitors().remove(ref);
      told =
          watched != null
              && mailbox.offer(new Signal.Down(ref, watched.object(), reason))
                  == Mailbox.Offer.TAKEN;
    }
    if (told) {
      wake(false);
    }
  }

  /**
   * Takes a link away whose other end is over; a process that traps exits is told.
   *
   * @return whether this process is to end by it: it was linked and does not trap exits
   */
  boolean linkBroken(Pid other, ExitReason reason) {
    synchronized (this) {
      if (relations == null || relations.links().remove(other) == null) {
        return false;
      }
      if (!trapsExits) {
        return true;
      }
      mailbox.offer(new Signal.Exit(other, reason, true));
    }
    wake(false);
    return false;
  }

  /** Takes a message that came by {@code alias}; {@code CLOSED} if that has been revoked. */
  Mailbox.Offer offerBy(Alias alias, boolean once, Object body) {
    Mailbox.Offer offer;
    synchronized (this) {
      if (relations == null || !relations.aliases().containsKey(alias)) {
        return Mailbox.Offer.CLOSED;
      }
      if (once) {
        relations.aliases().remove(alias);
      }
      offer = mailbox.offerWithin(body);
    }
    return offered(offer, false);
  }

  // Information

  ProcessInfo info() {
    return read(
        ties -> {
          var names = new ArrayList<ProcessName>();
          ties.names().forEach((name, _) -> names.add(name));
          var links = new ArrayList<Pid>();
          ties.links().forEach((other, _) -> links.add(other));
          var watchers = new ArrayList<Object>();
          ties.watchers().forEach((key, _) -> watchers.add(key));
          return info(names, links, ties.monitors().size(), watchers.size());
        },
        () -> info(List.of(), List.of(), 0, 0));
  }

  private ProcessInfo info(List<ProcessName> names, List<Pid> links, int monitors, int watchers) {
    return new ProcessInfo(
        pid,
        runner.label(),
        status(),
        List.copyOf(names),
        List.copyOf(links),
        monitors,
        watchers,
        mailbox.length() + runner.savedLength(),
        runner.handled(),
        runner.busyNanos(),
        trapsExits,
        ancestors(),
        runner.callers(this),
        Optional.ofNullable(runner.current()).map(Request::body));
  }

  private ProcessInfo.Status status() {
    if (exited != null) {
      return ProcessInfo.Status.EXITED;
    }
    if (suspended) {
      return ProcessInfo.Status.SUSPENDED;
    }
    return phase == IDLE ? ProcessInfo.Status.WAITING : ProcessInfo.Status.RUNNING;
  }
}
