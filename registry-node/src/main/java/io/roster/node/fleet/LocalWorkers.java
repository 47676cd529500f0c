package io.roster.node.fleet;

import com.google.protobuf.ByteString;
import io.roster.core.identity.Pid;
import io.roster.core.identity.ProcessName;
import io.roster.core.process.ProcessSystem;
import io.roster.core.server.CallResult;
import io.roster.core.server.GenServer;
import io.roster.core.signal.ExitReason;
import io.roster.core.supervisor.ChildResult;
import io.roster.core.supervisor.ChildSpec;
import io.roster.core.supervisor.DynamicSupervisor;
import io.roster.core.supervisor.DynamicSupervisorRef;
import io.roster.core.supervisor.Restart;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The workers' processes of this node. Confined to the fleet's thread. */
final class LocalWorkers {

  /** Far more than the start of a process that waits for commands takes. */
  private static final Duration START_MAX = Duration.ofSeconds(5);

  private final ProcessSystem processes;
  private final MessageCodec messages;
  private final FleetLoop loop;
  private final int heldMax;
  private final Map<ProcessName, Hosted> byName = new HashMap<>();
  private final Map<Pid, Hosted> byPid = new HashMap<>();

  /** Made when the first worker starts, and again should somebody end it. */
  private @Nullable DynamicSupervisorRef supervisor;

  /** Hears of events of workers that are still known, on the fleet's thread. */
  private final BiConsumer<Hosted, WorkerEvent> events;

  /** Hears of the end of workers, after the last event, on the fleet's thread. */
  private final BiConsumer<Hosted, ExitReason> exits;

  LocalWorkers(
      FleetPorts ports,
      FleetLoop loop,
      int heldMax,
      BiConsumer<Hosted, WorkerEvent> events,
      BiConsumer<Hosted, ExitReason> exits) {
    this.processes = ports.processes();
    this.messages = ports.messages();
    this.loop = loop;
    this.heldMax = heldMax;
    this.events = events;
    this.exits = exits;
  }

  /**
   * Starts a process that waits for commands.
   *
   * @throws Exception if the arguments cannot be read, or the type's factory fails
   */
  Hosted spawn(ProcessName name, WorkerType<?, ?, ?> type, ByteString args, Hosted.Phase phase)
      throws Exception {
    Pid pid = begin(name, type, args);
    var hosted = new Hosted(name, type, args, pid, phase);
    byName.put(name, hosted);
    byPid.put(pid, hosted);
    processes.whenExited(pid, reason -> loop.post(() -> exited(pid, reason)));
    return hosted;
  }

  private <S, M, A> Pid begin(ProcessName name, WorkerType<S, M, A> type, ByteString args)
      throws Exception {
    GenServer<S, M> server = type.factory().create(name, type.args(messages).decode(args));
    var worker = new FleetWorker<>(type, server, messages, this::told, heldMax);
    // The fleet itself decides where a worker that ended starts again; hence temporary.
    ChildSpec child = ChildSpec.worker(name.value(), () -> worker).withRestart(Restart.TEMPORARY);
    return switch (supervisor().startChild(child, START_MAX)) {
      case CallResult.Replied<ChildResult>(ChildResult.Started(Pid pid)) -> pid;
      case CallResult.Replied<ChildResult>(ChildResult other) ->
          throw new IllegalStateException("the supervisor says: " + other);
      case CallResult.Failed<ChildResult>(var failure) ->
          throw new IllegalStateException("the supervisor does not answer: " + failure);
    };
  }

  private DynamicSupervisorRef supervisor() {
    DynamicSupervisorRef present = supervisor;
    if (present == null || present.pid().filter(processes::isAlive).isEmpty()) {
      present = processes.start(DynamicSupervisor.create());
      supervisor = present;
    }
    return present;
  }

  private void told(Pid pid, WorkerEvent event) {
    loop.post(() -> find(pid).ifPresent(hosted -> events.accept(hosted, event)));
  }

  private void exited(Pid pid, ExitReason reason) {
    Hosted hosted = byPid.remove(pid);
    if (hosted != null) {
      byName.remove(hosted.name, hosted);
      exits.accept(hosted, reason);
    }
  }

  /** Tells a worker something; one that has ended hears nothing. */
  void tell(Hosted hosted, WorkerCommand command) {
    var _ = processes.send(hosted.pid, command);
  }

  /** Ends a worker; its phase says that nobody need wonder. */
  void stop(Hosted hosted, ExitReason reason) {
    hosted.phase = Hosted.Phase.STOPPING;
    tell(hosted, new WorkerCommand.Stop(reason));
  }

  Optional<Hosted> find(ProcessName name) {
    return Optional.ofNullable(byName.get(name));
  }

  Optional<Hosted> find(Pid pid) {
    return Optional.ofNullable(byPid.get(pid));
  }

  Collection<Hosted> all() {
    return List.copyOf(byPid.values());
  }
}
