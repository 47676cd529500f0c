package io.roster.core.process;

import io.roster.core.identity.Alias;
import io.roster.core.identity.Destination;
import io.roster.core.identity.Pid;
import io.roster.core.identity.ProcessName;
import io.roster.core.identity.Ref;
import io.roster.core.naming.Registration;
import io.roster.core.signal.ExitReason;
import io.roster.core.time.Timers.Scheduled;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A process's view of itself, {@code self()}. Confined to its process, except where noted. Every
 * method throws {@link ProcessExited} once the process is dead.
 */
public interface ProcessContext {

  /** The process. Any thread may ask. */
  Pid pid();

  /** The node that it runs on. Any thread may ask. */
  ProcessSystem system();

  /** Who started it, if a process did. Any thread may ask. */
  Optional<Pid> parent();

  /** Who started it, who started that one and so on, the nearest first. Any thread may ask. */
  List<Pid> ancestors();

  /** Sends {@code message}; does not wait. */
  SendResult send(Destination to, Object message);

  /**
   * Sends {@code message} after {@code delay} unless it is cancelled before. If {@code to} is the
   * pid of a process of this node, the end of that process cancels it; if it is dead already,
   * nothing is armed, and to cancel says false.
   */
  Scheduled sendAfter(Duration delay, Destination to, Object message);

  /**
   * Takes the oldest message, and waits for one if there is none. Plain processes alone can
   * receive; a server's messages come to its handler.
   *
   * @throws IllegalStateException in a server, or on a thread that is not the process's own
   */
  Object receive();

  /** Takes the oldest message, waiting no longer than {@code timeout}. */
  Optional<Object> receive(Duration timeout);

  /** Takes the oldest message of {@code type}; the others stay where they are. */
  <T> T receive(Class<T> type);

  /** Takes the oldest message of {@code type}, waiting no longer than {@code timeout}. */
  <T> Optional<T> receive(Class<T> type, Duration timeout);

  /** Takes the oldest message that {@code wanted} accepts; the others stay where they are. */
  Object receive(Predicate<Object> wanted);

  /**
   * Takes the oldest message that {@code wanted} accepts, waiting no longer than {@code timeout}.
   */
  Optional<Object> receive(Predicate<Object> wanted, Duration timeout);

  /** Starts a plain process. */
  Pid spawn(ProcessBody body);

  /** Starts a plain process that is linked to this one from its first moment. */
  Pid spawnLink(ProcessBody body);

  /** Starts a plain process that this one monitors from its first moment. */
  Monitored spawnMonitor(ProcessBody body);

  /**
   * Starts {@code startable}, which this process monitors from its first moment, waits until its
   * {@code init} has ended and says how. A start that fails leaves no monitor and no {@code Down}.
   *
   * @throws IllegalStateException if another than this process calls
   * @see <a
   *     href="https://www.erlang.org/doc/apps/stdlib/gen_server.html#start_monitor/3">start_monitor</a>
   */
  <H> StartResult<MonitoredHandle<H>> startMonitor(Startable<H> startable, StartOptions options);

  /**
   * Links this process and {@code other}: where one ends, the other gets an exit signal. A second
   * link between the two changes nothing. A dead process answers with {@code NoProcess}.
   */
  void link(Pid other);

  /** Ends the link; no exit signal of it comes from here on. */
  void unlink(Pid other);

  /**
   * Asks for one {@code Down} when {@code target} ends. A name or an alias is resolved now, and the
   * monitor stays with that process whatever becomes of the name. Every call is a monitor of its
   * own.
   */
  Ref monitor(Destination target);

  /**
   * Ends a monitor.
   *
   * @return true if it was active: then no {@code Down} will come, and none has
   */
  boolean demonitor(Ref monitor);

  /**
   * Ends a monitor and removes its {@code Down} if that waits in the mailbox.
   *
   * @return true if the monitor was active
   */
  boolean demonitorAndFlush(Ref monitor);

  /**
   * Says whether exit signals arrive as messages instead of ending the process.
   *
   * @return how it was before
   */
  boolean trapExits(boolean trap);

  /** Ends this process at once. Never returns. */
  void exit(ExitReason reason);

  /** Sends an exit signal to another process. */
  void exit(Pid other, ExitReason reason);

  /** Makes an address that leads here until it is revoked. */
  Alias alias();

  /** Makes an address that leads here for one message. */
  Alias aliasForOne();

  /**
   * Revokes an address; what waits in the mailbox already stays.
   *
   * @return whether it was active
   */
  boolean unalias(Alias alias);

  /** Takes a name on this node. */
  Registration register(ProcessName name);

  /**
   * Gives a name on this node up.
   *
   * @return whether it was this process's
   */
  boolean unregister(ProcessName name);

  /**
   * A process and the monitor on it.
   *
   * @param pid the process
   * @param monitor the monitor
   */
  record Monitored(Pid pid, Ref monitor) {}

  /**
   * The handle of what was started and the monitor on it.
   *
   * @param handle what to talk to it with
   * @param monitor the monitor
   * @param <H> the handle's type
   */
  record MonitoredHandle<H>(H handle, Ref monitor) {}
}
