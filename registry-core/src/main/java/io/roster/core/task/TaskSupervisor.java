package io.roster.core.task;

import io.roster.core.process.PendingStart;
import io.roster.core.process.ProcessSystem;
import io.roster.core.process.StartOptions;
import io.roster.core.process.Startable;
import io.roster.core.supervisor.DynamicSupervisor;

/**
 * Supervises tasks: they end with it, and it knows how many there are. Immutable: a description,
 * good for any number of starts.
 *
 * @see <a href="https://hexdocs.pm/elixir/Task.Supervisor.html">Task.Supervisor</a>
 */
public final class TaskSupervisor implements Startable<TaskSupervisorRef> {

  private final int tasksMax;

  private TaskSupervisor(int tasksMax) {
    this.tasksMax = tasksMax;
  }

  /** A supervisor without tasks and without a limit. */
  public static TaskSupervisor create() {
    return new TaskSupervisor(Integer.MAX_VALUE);
  }

  /** This supervisor with a limit of tasks at one time. */
  public TaskSupervisor withTasksMax(int tasksMax) {
    return new TaskSupervisor(tasksMax);
  }

  @Override
  public PendingStart<TaskSupervisorRef> begin(ProcessSystem system, StartOptions options) {
    return DynamicSupervisor.create()
        .withChildrenMax(tasksMax)
        .begin(system, options)
        .map(system, supervisor -> new TaskSupervisorRef(system, supervisor));
  }
}
