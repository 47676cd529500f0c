package io.roster.node.names;

import io.roster.core.identity.Named;
import io.roster.core.identity.NodeId;
import io.roster.core.identity.Pid;
import io.roster.core.identity.ProcessName;
import io.roster.core.naming.NameRegistry;
import io.roster.core.naming.Registration;
import io.roster.core.process.SendResult;
import io.roster.node.names.claim.Claim;
import io.roster.node.names.protocol.Input.Mode;
import io.roster.node.names.protocol.TableReport;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Names that hold in the whole cluster. Thread-safe.
 *
 * <p>A name has one owner within a connected part of the cluster. A lookup reads this node's memory
 * and never waits for anybody; it sees what this node registered at once and what others registered
 * a moment later. A name is free again when its owner ends, before anybody hears of the end, and
 * when its owner's node is gone. When parts of a cluster meet again each name ends with one owner,
 * the same on every node; a process that lost its name gets a {@code NameConflict} exit, which it
 * can trap, and is killed when its grace is over.
 *
 * @see <a href="https://www.erlang.org/doc/apps/kernel/global.html">global</a>
 */
public final class GlobalNames implements NameRegistry, AutoCloseable {

  private final NamesShell shell;

  private GlobalNames(NamesShell shell) {
    this.shell = shell;
  }

  /** Starts the names of a node: from now on they take the frames of their feature. */
  public static GlobalNames start(NamesPorts ports, NamesOptions options) {
    var shell = new NamesShell(ports, options);
    shell.start();
    return new GlobalNames(shell);
  }

  /** {@link #register(ProcessName, Pid, Map)} without metadata. */
  @Override
  public Registration register(ProcessName name, Pid pid) {
    return register(name, pid, Map.of());
  }

  /**
   * Claims {@code name} for a process of this node and waits until the arbiter has answered, at
   * most as long as the options say. Claiming it again for the same process changes nothing.
   *
   * @param metadata what other nodes can read beside the pid
   * @return {@code Registered}; {@code AlreadyRegistered} with the present owner; {@code NotAlive};
   *     {@code Refused} if it certainly did not happen; {@code Unknown} if it may have, which the
   *     next look at the name tells
   * @throws IllegalArgumentException if {@code pid} is of another node, or the metadata too long
   */
  public Registration register(ProcessName name, Pid pid, Map<String, String> metadata) {
    return await(name, registerAsync(name, pid, metadata));
  }

  /** {@link #register(ProcessName, Pid, Map)} without waiting. */
  public CompletableFuture<Registration> registerAsync(
      ProcessName name, Pid pid, Map<String, String> metadata) {
    return shell.register(name, pid, metadata, new Mode.Unique());
  }

  /**
   * Claims many names at once: they wait together and go to the arbiter in few messages.
   *
   * @return what became of each
   */
  public Map<ProcessName, Registration> registerAll(Map<ProcessName, Pid> claims) {
    var futures = new LinkedHashMap<ProcessName, CompletableFuture<Registration>>();
    claims.forEach((name, pid) -> futures.put(name, registerAsync(name, pid, Map.of())));
    var outcomes = new LinkedHashMap<ProcessName, Registration>();
    futures.forEach((name, future) -> outcomes.put(name, await(name, future)));
    return outcomes;
  }

  /**
   * Claims {@code name}, or finds out who has it: both count as success.
   *
   * @return {@code Registered} with the owner, this process or another, or why neither is known
   */
  public Registration registerOrGet(ProcessName name, Pid pid) {
    var outcome = register(name, pid);
    return switch (outcome) {
      case Registration.AlreadyRegistered(ProcessName taken, Pid owner) ->
          new Registration.Registered(taken, owner);
      case Registration.Registered _,
          Registration.NotAlive _,
          Registration.Refused _,
          Registration.Unknown _ ->
          outcome;
    };
  }

  /**
   * Claims {@code name} whoever holds it. A former owner lives on without the name. On this node
   * the name is never absent meanwhile.
   *
   * @see <a href="https://www.erlang.org/doc/apps/kernel/global.html#re_register_name/2">
   *     re_register_name</a>
   */
  public Registration reRegister(ProcessName name, Pid pid) {
    return await(name, shell.register(name, pid, Map.of(), new Mode.Replace()));
  }

  /**
   * Hands {@code name} from one process to another, of any nodes, by a compare-and-set in the
   * arbiter: it succeeds only if {@code from} holds the name. The epoch grows by one, the tenure
   * and the metadata stay. May be called on any node; the node of {@code to} does it. The former
   * owner lives on without the name; lookups elsewhere may find it for a moment longer, never
   * nobody.
   *
   * @return {@code Registered} with {@code to}; {@code AlreadyRegistered} if another process than
   *     {@code from} holds the name; or as {@link #register}
   */
  public Registration transfer(ProcessName name, Pid from, Pid to) {
    return await(name, transferAsync(name, from, to));
  }

  /** {@link #transfer} without waiting. */
  public CompletableFuture<Registration> transferAsync(ProcessName name, Pid from, Pid to) {
    return shell.transfer(name, from, to);
  }

  /**
   * Gives {@code name} up if {@code pid}, a process of this node, holds it. Waits for this node's
   * table alone; whoever asks the arbiter later is told that the name is free.
   */
  @Override
  public boolean unregister(ProcessName name, Pid pid) {
    try {
      return shell
          .unregister(name, pid)
          .get(options().registerTimeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException | TimeoutException e) {
      return false;
    }
  }

  @Override
  public Optional<Pid> whereis(ProcessName name) {
    return shell.replica().whereis(name);
  }

  /** The claim that stands for {@code name}: owner, epoch, metadata. Does not block. */
  public Optional<Claim> claim(ProcessName name) {
    return shell.replica().claim(name);
  }

  /** All names and their owners, as this node knows them. */
  public SortedMap<ProcessName, Pid> names() {
    var names = new TreeMap<ProcessName, Pid>();
    shell.replica().claims().forEach(claim -> names.put(claim.name(), claim.owner()));
    return names;
  }

  /** All claims that stand, as this node knows them, in no order. */
  public List<Claim> claims() {
    return shell.replica().claims();
  }

  /** Sends {@code message} to whoever holds {@code name}. Does not block. */
  public SendResult send(ProcessName name, Object message) {
    var owner = whereis(name);
    return owner.isPresent()
        ? shell.ports().processes().send(owner.get(), message)
        : new SendResult.NoSuchProcess(new Named(name, self().name()));
  }

  /** Hears of every change of {@code name} from now on, as this node sees it. */
  public NameEvent.Subscription watch(ProcessName name, NameEvent.Listener listener) {
    return shell.watches().add(name, listener);
  }

  /** Hears of every change of every name from now on, as this node sees it. */
  public NameEvent.Subscription watchAll(NameEvent.Listener listener) {
    return shell.watches().addToAll(listener);
  }

  /**
   * Waits until somebody holds {@code name}.
   *
   * @return the owner, or nothing if there was none in time or the thread was interrupted
   */
  public Optional<Pid> await(ProcessName name, Duration timeout) {
    var found = new CompletableFuture<Optional<Pid>>();
    try (var _ =
        watch(name, _ -> whereis(name).ifPresent(pid -> found.complete(Optional.of(pid))))) {
      var present = whereis(name);
      return present.isPresent() ? present : found.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException | TimeoutException e) {
      return whereis(name);
    }
  }

  /** The conflicts that this node heard of, the latest last; the oldest are forgotten. */
  public List<Conflict> conflicts() {
    return shell.conflicts();
  }

  /** How this node's table compares with its peers' and with the arbiter. */
  public CompletableFuture<TableReport> report() {
    return shell.report();
  }

  /** This node. */
  public NodeId self() {
    return shell.ports().transport().self();
  }

  /** How these names behave. */
  public NamesOptions options() {
    return shell.options();
  }

  /** Stops; registrations that wait are answered {@code Unknown}. */
  @Override
  public void close() {
    shell.close();
  }

  private Registration await(ProcessName name, CompletableFuture<Registration> outcome) {
    try {
      // The table answers in time; the rest is for a thread that had no time to tell.
      return outcome.get(options().registerTimeout().toMillis() + 2_000, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Registration.Unknown(name, "the caller was interrupted");
    } catch (TimeoutException e) {
      return new Registration.Unknown(name, "no answer from the names of this node");
    } catch (ExecutionException e) {
      throw new IllegalStateException("invariant: registrations do not fail", e);
    }
  }
}
