package io.roster.core.process;

import io.roster.core.identity.Alias;
import io.roster.core.identity.Destination;
import io.roster.core.identity.Named;
import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import io.roster.core.identity.Pid;
import io.roster.core.identity.ProcessName;
import io.roster.core.naming.NameRegistry;
import io.roster.core.signal.ExitReason;
import io.roster.core.signal.Signal;
import io.roster.core.time.SystemTimers;
import io.roster.core.time.Ticker;
import io.roster.core.time.Timers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The processes of one node. Thread-safe; many may live in one JVM. Nothing here blocks, except
 * {@link #start(Startable)} and {@link #close}.
 *
 * <p>Calls from inside a process are made in that process's name; calls from any other thread in
 * the name of {@link Pid#outside}.
 *
 * @see <a href="https://www.erlang.org/doc/system/ref_man_processes.html">Erlang's processes</a>
 */
public final class ProcessSystem implements AutoCloseable {

  private final NodeId node;
  private final Pid outside;
  private final Ticker ticker;
  private final Timers timers;

  /** Ends waits that have a limit: by the machine's clock, whatever timers others gave. */
  private final SystemTimers waits;

  private final Reporter reporter;
  private final Limits limits;
  private final Threads threads;
  private final ProcessTable processes;
  private final AtomicLong ids = new AtomicLong();
  private final LongAdder refused = new LongAdder();
  private final LocalNames names = new LocalNames(this);
  private final Aliases aliases = new Aliases();
  private final RemoteTies remote = new RemoteTies(this);
  private final Current current = new Current(this);
  private final Exits exits = new Exits(this);
  private final Sending sending = new Sending(this);
  private final TimedSends timedSends = new TimedSends(this);
  private final LocalTies ties = new LocalTies(this);
  private final Inbound inbound = new Inbound(this);
  private final Forwards forwards;
  private volatile RemoteRouter router = RemoteRouter.NONE;
  private volatile boolean closed;

  private ProcessSystem(Builder builder) {
    node = builder.node;
    outside = Pid.outside(node);
    ticker = builder.ticker;
    waits = new SystemTimers("timers@" + node.name());
    timers = builder.timers == null ? waits : builder.timers;
    reporter = builder.reporter;
    limits = builder.limits;
    threads = new Threads(node.name());
    processes = new ProcessTable(node, limits.processesMax());
    forwards = new Forwards(limits.forwardsMax(), limits.forwardFor(), ticker);
  }

  /** Begins a system for {@code node}. */
  public static Builder builder(NodeId node) {
    return new Builder(node);
  }

  /** A system that knows no other node, for programs that want processes alone. */
  public static ProcessSystem local(String name) {
    return builder(new NodeId(new NodeName(name), 1)).build();
  }

  /** How a system is set up. Confined to one thread. */
  public static final class Builder {

    private final NodeId node;
    private Ticker ticker = Ticker.SYSTEM;
    private @Nullable Timers timers;
    private Reporter reporter = new Slf4jReporter();
    private Limits limits = Limits.DEFAULT;

    private Builder(NodeId node) {
      this.node = node;
    }

    /** The clock, the machine's by default. */
    public Builder ticker(Ticker ticker) {
      this.ticker = ticker;
      return this;
    }

    /** The timers; by default a thread of the system's own. The owner of others closes them. */
    public Builder timers(Timers timers) {
      this.timers = timers;
      return this;
    }

    /** Who hears of failures; the log by default. */
    public Builder reporter(Reporter reporter) {
      this.reporter = reporter;
      return this;
    }

    /** The bounds. */
    public Builder limits(Limits limits) {
      this.limits = limits;
      return this;
    }

    /** The system, with no way to other nodes yet. */
    public ProcessSystem build() {
      return new ProcessSystem(this);
    }
  }

  /** Gives the system its way to other nodes. */
  public void connect(RemoteRouter router) {
    this.router = router;
  }

  /** This start of this node. */
  public NodeId node() {
    return node;
  }

  /** The clock. */
  public Ticker ticker() {
    return ticker;
  }

  /** The timers, whose actions must not block. */
  public Timers timers() {
    return timers;
  }

  /** The bounds. */
  public Limits limits() {
    return limits;
  }

  /** Tells the reporter. */
  public void report(Report report) {
    current.guard("reporter", () -> reporter.report(report));
  }

  // Starting

  /** Starts a plain process. A process that calls this becomes its parent. */
  public Pid spawn(ProcessBody body) {
    return spawnPlain(body, current.orNull(), false).pid();
  }

  /**
   * Starts a reactor, the floor of servers.
   *
   * @throws IllegalStateException if a link is asked for outside any process
   */
  public Pid spawn(Reactor reactor, StartOptions options) {
    ProcessCell starter = current.orNull();
    if (options.linked() && starter == null) {
      throw new IllegalStateException(
          "expected a start with a link inside a process, got: " + Thread.currentThread());
    }
    var runner = new ReactorRunner(reactor, options.runsOn());
    int mailboxMax = options.mailboxMax() == 0 ? limits.mailboxMax() : options.mailboxMax();
    ProcessCell cell = admit(runner, starter, mailboxMax, options.ties());
    runner.schedule(cell, false);
    return cell.pid();
  }

  /** Starts {@code startable} and waits until its {@code init} has ended. */
  public <H> H start(Startable<H> startable) {
    return start(startable, StartOptions.DEFAULT);
  }

  /**
   * Starts {@code startable} and waits until its {@code init} has ended.
   *
   * @throws StartException if it does not run
   */
  public <H> H start(Startable<H> startable, StartOptions options) {
    return tryStart(startable, options).orElseThrow();
  }

  /** Starts {@code startable}, waits until its {@code init} has ended and says how. */
  public <H> StartResult<H> tryStart(Startable<H> startable, StartOptions options) {
    return startable.begin(this, options).await();
  }

  ProcessCell spawnPlain(ProcessBody body, @Nullable ProcessCell starter, boolean linked) {
    ProcessCell cell = makePlain(body, starter, linked);
    beginPlain(cell);
    return cell;
  }

  ProcessCell makePlain(ProcessBody body, @Nullable ProcessCell starter, boolean linked) {
    return makePlain(body, starter, linked ? StartTies.LINK : StartTies.NONE);
  }

  private ProcessCell makePlain(ProcessBody body, @Nullable ProcessCell starter, StartTies wanted) {
    return admit(new PlainRunner(body), starter, limits.mailboxMax(), wanted);
  }

  /** A plain process of the calling process, not begun. */
  ProcessCell makeOwnPlain(ProcessBody body, boolean linked) {
    return makePlain(body, current.orNull(), linked);
  }

  /** A plain process of the calling process, not begun. */
  ProcessCell makeOwnPlain(ProcessBody body, StartTies wanted) {
    return makePlain(body, current.orNull(), wanted);
  }

  void beginPlain(ProcessCell cell) {
    if (cell.runner() instanceof PlainRunner plain) {
      plain.begin(cell);
    }
  }

  private ProcessCell admit(
      Runner runner, @Nullable ProcessCell starter, int mailboxMax, StartTies wanted) {
    if (closed) {
      throw new IllegalStateException("process system " + node + ": already closed");
    }
    Lineage line = starter == null ? null : starter.lineOfChildren();
    var cell = new ProcessCell(this, processes.nextPid(), line, runner, mailboxMax);
    processes.add(cell);
    if (starter != null) {
      ties.tie(starter, cell.pid(), wanted);
    }
    return cell;
  }

  // Sending

  /** Sends {@code message} in the name of the calling process, or of nobody. */
  public SendResult send(Destination to, Object message) {
    return send(self(), to, message);
  }

  SendResult send(Pid from, Destination to, Object message) {
    return sending.send(from, to, message);
  }

  /** Begins a question in the name of the calling process, or of nobody. */
  public Request request() {
    return new Request(this, current.livingOrNull());
  }

  /** The calling process, or {@link Pid#outside}. Throws {@link ProcessExited} in a dead one. */
  public Pid self() {
    ProcessCell cell = current.livingOrNull();
    return cell == null ? outside : cell.pid();
  }

  /** The context of the calling process, if this thread runs one of this system. */
  public Optional<ProcessContext> current() {
    return Optional.ofNullable(current.orNull()).map(LocalContext::new);
  }

  // Exit

  /**
   * Sends an exit signal. {@code Killed} cannot be trapped; {@code Normal} does nothing to others.
   */
  public void exit(Pid to, ExitReason reason) {
    exit(self(), to, reason);
  }

  void exit(Pid from, Pid to, ExitReason reason) {
    if (isHere(to)) {
      find(to).ifPresent(cell -> exits.signal(cell, from, reason));
    } else {
      var _ = router.route(from, to, new Signal.Exit(from, reason, false));
    }
  }

  /**
   * Asks a process to stop and waits until it has. A server of this node runs its {@code terminate}
   * whether it traps exits or not; other processes get an exit signal.
   *
   * @return the reason it ended with; {@code NoProcess} if it was not there; empty if it still runs
   *     after {@code timeout}
   */
  public Optional<ExitReason> stop(Pid pid, ExitReason reason, Duration timeout) {
    ExitWatch watch = watchExit(pid);
    ProcessCell cell = find(pid).orElse(null);
    if (cell != null && cell.runner() instanceof ReactorRunner) {
      cell.offerSystem(new StopTask(reason));
    } else {
      exit(pid, reason);
    }
    Optional<ExitReason> ended = watch.await(timeout);
    watch.cancel();
    return ended;
  }

  /** Calls {@code action} once when {@code pid} ends; it must not block. */
  public void whenExited(Pid pid, Consumer<ExitReason> action) {
    watchExit(pid).whenExited(action);
  }

  /**
   * Waits for the end of a process.
   *
   * @return the reason it ended with, {@code NoProcess} if it was not there; empty if it still runs
   *     after {@code timeout}
   */
  public Optional<ExitReason> awaitExit(Pid pid, Duration timeout) {
    ExitWatch watch = watchExit(pid);
    Optional<ExitReason> ended = watch.await(timeout);
    watch.cancel();
    return ended;
  }

  /** Begins to wait for the end of a process. */
  public ExitWatch watchExit(Pid pid) {
    return new ExitWatch(this, pid, request().watch(pid));
  }

  /** Whether {@code pid} is a living process of this node. */
  public boolean isAlive(Pid pid) {
    return find(pid).isPresent();
  }

  /**
   * Has {@code hook} called when {@code pid} ends, before anybody else hears of it. One hook is
   * called once however often it is given.
   *
   * @return false if the process is dead already; then the hook is never called
   */
  public boolean onExit(Pid pid, ExitHook hook) {
    return find(pid).map(cell -> cell.addHook(hook)).orElse(false);
  }

  /** Takes {@code hook} back. */
  public void removeOnExit(Pid pid, ExitHook hook) {
    find(pid).ifPresent(cell -> cell.removeHook(hook));
  }

  // Names

  /** The names of this node. */
  public NameRegistry names() {
    return names;
  }

  /** The process that has {@code name} on this node. */
  public Optional<Pid> whereis(ProcessName name) {
    return names.whereis(name);
  }

  // What comes from other nodes

  /**
   * Takes a signal from another node's process to one of this node.
   *
   * @return what became of it; a message may be {@code Overloaded} or have {@code NoSuchProcess}
   */
  public SendResult deliver(Pid from, Destination to, Signal signal) {
    return inbound.take(from, to, signal);
  }

  /** Takes the news that something that this node monitors has ended. */
  public void deliver(Pid from, Signal.Down down) {
    remote.down(down.ref(), down.reason());
  }

  /**
   * Takes the news that a message that was to be answered to {@code alias} was refused elsewhere.
   *
   * @return whether a question still waited there
   */
  public boolean refuse(Alias alias, SendResult why) {
    return aliases.request(alias).filter(asked -> asked.refused(why)).isPresent();
  }

  /**
   * Takes the news that an answer to {@code alias} was given and cannot be had, for instance
   * because it is too large. The question may well have run, so this is no refusal.
   *
   * @param why what was expected and what came
   */
  public void answerLost(Alias alias, String why) {
    aliases
        .request(alias)
        .ifPresent(asked -> asked.serverEnded(alias, new ExitReason.Crashed(why)));
  }

  /** Fires every link and monitor to {@code down} with {@code NoConnection}. */
  public void nodeDown(NodeId down) {
    remote.nodeDown(down);
  }

  // Introspection

  /** What is known of {@code pid}, if it is a living process of this node. */
  public Optional<ProcessInfo> info(Pid pid) {
    return find(pid).map(ProcessCell::info);
  }

  /** The living processes of this node, in the order of their start. */
  public List<Pid> processes() {
    return processes.all().stream()
        .filter(ProcessCell::isAlive)
        .map(ProcessCell::pid)
        .sorted()
        .toList();
  }

  /** Numbers for metrics and leak checks. */
  public SystemStats stats() {
    return new SystemStats(
        processes.size(),
        names.names().size(),
        aliases.size(),
        remote.size(),
        exits.zombies(),
        refused.sum());
  }

  /** Ties that lead nowhere; none, unless a process just starts or ends. Reads every process. */
  public List<String> audit() {
    return Audit.of(this, processes.all());
  }

  /**
   * What a server holds, seen between two messages: its state as it is.
   *
   * @return empty if the process is no living server of this node, or does not come to it in time
   * @see <a href="https://www.erlang.org/doc/apps/stdlib/sys.html#get_state/1">sys:get_state</a>
   */
  public Optional<Object> state(Pid pid, Duration timeout) {
    return find(pid).flatMap(cell -> request().lookAt(cell, timeout));
  }

  /**
   * Has {@code told} hear of each step of one process, on its thread; it must not block. A second
   * tracer replaces the first.
   *
   * @return false if there is no such process
   */
  public boolean trace(Pid pid, Consumer<TraceEvent> told) {
    Optional<ProcessCell> cell = find(pid);
    cell.ifPresent(found -> found.traceTo(told));
    return cell.isPresent();
  }

  /** Ends the trace of a process. */
  public void stopTrace(Pid pid) {
    find(pid).ifPresent(cell -> cell.traceTo(null));
  }

  /** Holds a process still: it takes no message until it is resumed. It can be ended. */
  public void suspend(Pid pid) {
    find(pid).ifPresent(ProcessCell::suspend);
  }

  /** Lets a process go on. */
  public void resume(Pid pid) {
    find(pid).ifPresent(ProcessCell::resume);
  }

  /** Kills every process and stops the system's threads. Idempotent. */
  @Override
  public void close() {
    closed = true;
    for (ProcessCell cell : processes.all()) {
      exits.end(cell, ExitReason.killed());
    }
    threads.close();
    waits.close();
  }

  // For the parts of this package

  boolean isHere(Destination to) {
    return switch (to) {
      case Pid(NodeId of, long _) -> of.name().equals(node.name());
      case Alias(NodeId of, long _) -> of.name().equals(node.name());
      case Named(ProcessName _, NodeName of) -> of.equals(node.name());
    };
  }

  void requireHere(Pid pid) {
    if (!pid.node().equals(node)) {
      throw new IllegalArgumentException("expected a process of " + node + ", got: " + pid);
    }
  }

  Optional<ProcessCell> find(Destination to) {
    return switch (to) {
      case Pid(NodeId of, long serial) when of.equals(node) -> processes.living(serial);
      case Named(ProcessName name, NodeName of) when of.equals(node.name()) -> names.find(name);
      case Pid _, Named _, Alias _ -> Optional.empty();
    };
  }

  /**
   * Whose mailbox a message for {@code to} goes into; whether the process still lives is the
   * mailbox's to say. A look at that here would fetch what the process itself writes to.
   */
  @Nullable ProcessCell receiver(Destination to) {
    return to instanceof Pid(NodeId of, long serial) && of.equals(node)
        ? processes.get(serial)
        : find(to).orElse(null);
  }

  Optional<Pid> movedTo(Destination to) {
    return to instanceof Pid pid ? forwards.find(pid) : Optional.empty();
  }

  void remove(ProcessCell cell) {
    processes.remove(cell);
  }

  ProcessContext contextOf(ProcessCell cell) {
    return new LocalContext(cell);
  }

  Alias addAlias(ProcessCell cell, boolean once) {
    cell.requireAlive();
    var alias = new Alias(node, nextId());
    if (cell.addAlias(alias)) {
      aliases.put(alias, new Aliases.ToProcess(cell, once));
      if (!cell.isAlive()) {
        aliases.remove(alias);
      }
    }
    return alias;
  }

  /**
   * What to throw when a wait was interrupted: the end of the process that waited, or, outside any
   * process, an {@link IllegalStateException} with the interrupt kept.
   */
  public RuntimeException interrupted(String doing) {
    return current.interrupted(doing);
  }

  /**
   * Runs code that must not disturb its surroundings, in nobody's name: what it throws is reported.
   *
   * @param what which code, for people
   */
  public void guarded(String what, Runnable code) {
    current.guard(what, code);
  }

  void countRefused() {
    refused.increment();
  }

  long nextId() {
    return ids.incrementAndGet();
  }

  RemoteRouter router() {
    return router;
  }

  LocalNames localNames() {
    return names;
  }

  Aliases aliases() {
    return aliases;
  }

  RemoteTies remote() {
    return remote;
  }

  TimedSends timedSends() {
    return timedSends;
  }

  LocalTies ties() {
    return ties;
  }

  Current currentProcess() {
    return current;
  }

  Exits exits() {
    return exits;
  }

  Forwards forwards() {
    return forwards;
  }

  Pid outside() {
    return outside;
  }

  Threads threads() {
    return threads;
  }

  SystemTimers waits() {
    return waits;
  }
}
