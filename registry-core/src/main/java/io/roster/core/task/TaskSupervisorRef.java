package io.roster.core.task;

import io.roster.core.identity.Named;
import io.roster.core.identity.Pid;
import io.roster.core.naming.Via;
import io.roster.core.process.PlainProcess;
import io.roster.core.process.ProcessBody;
import io.roster.core.process.ProcessSystem;
import io.roster.core.process.Request;
import io.roster.core.supervisor.ChildResult;
import io.roster.core.supervisor.ChildSpec;
import io.roster.core.supervisor.DynamicSupervisorRef;
import io.roster.core.supervisor.Restart;
import io.roster.core.supervisor.Shutdown;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Function;

/**
 * A handle of a {@link TaskSupervisor}. Immutable, thread-safe.
 *
 * @see <a href="https://hexdocs.pm/elixir/Task.Supervisor.html">Task.Supervisor</a>
 */
public final class TaskSupervisorRef {

  private final ProcessSystem system;
  private final DynamicSupervisorRef supervisor;

  TaskSupervisorRef(ProcessSystem system, DynamicSupervisorRef supervisor) {
    this.system = system;
    this.supervisor = supervisor;
  }

  /** The task supervisor at {@code pid}, of this node. */
  public static TaskSupervisorRef of(ProcessSystem system, Pid pid) {
    return new TaskSupervisorRef(system, DynamicSupervisorRef.of(system, pid));
  }

  /** The task supervisor that goes by a name on this node, whoever has it at each use. */
  public static TaskSupervisorRef of(ProcessSystem system, Named name) {
    return new TaskSupervisorRef(system, DynamicSupervisorRef.of(system, name));
  }

  /** The task supervisor that goes by a name in a registry, on this node. */
  public static TaskSupervisorRef of(ProcessSystem system, Via via) {
    return new TaskSupervisorRef(system, DynamicSupervisorRef.of(system, via));
  }

  /**
   * Starts a task that is linked to its owner.
   *
   * @throws IllegalStateException if the supervisor takes no more tasks
   */
  public <T> Task<T> async(Callable<? extends T> work) {
    Request request = system.request();
    return new Task<>(system, start(request, work, true), request);
  }

  /**
   * Starts a task whose failure is a result and nothing more.
   *
   * @throws IllegalStateException if the supervisor takes no more tasks
   */
  public <T> Task<T> asyncNolink(Callable<? extends T> work) {
    Request request = system.request();
    return new Task<>(system, start(request, work, false), request);
  }

  /** Starts a process that nobody waits for; it is restarted by {@code restart}. */
  public ChildResult startChild(ProcessBody work, Restart restart) {
    return supervisor.startChild(
        ChildSpec.worker("task", () -> PlainProcess.of(work)).withRestart(restart));
  }

  /** Starts a process that nobody waits for; it is not restarted. */
  public ChildResult startChild(ProcessBody work) {
    return startChild(work, Restart.TEMPORARY);
  }

  /** Applies {@code work} to every input, each in a task of its own. */
  public <I, T> TaskStream<I, T> stream(
      Iterable<? extends I> inputs, Function<? super I, ? extends T> work, StreamOptions options) {
    return new TaskStream<>(system, inputs.iterator(), work, options, this::start);
  }

  private Pid start(Request request, Callable<?> work, boolean linked) {
    Pid owner = system.self();
    ProcessBody body = Task.answering(request, work);
    ChildResult result =
        supervisor.startChild(
            ChildSpec.worker(
                    "task", () -> PlainProcess.answering(request, body, linked ? owner : null))
                .withRestart(Restart.TEMPORARY)
                .withShutdown(new Shutdown.Within(Duration.ofSeconds(5))));
    return result.orElseThrow();
  }

  /** How many tasks run. */
  public int active() {
    return supervisor.counts().active();
  }

  /** The supervisor itself. */
  public DynamicSupervisorRef supervisor() {
    return supervisor;
  }
}
