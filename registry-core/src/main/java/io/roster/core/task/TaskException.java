package io.roster.core.task;

/** A task whose value was required has none. */
public final class TaskException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient TaskResult<?> result;

  TaskException(TaskResult<?> result) {
    super("no value: " + result);
    this.result = result;
  }

  /** What became of the task. */
  public TaskResult<?> result() {
    return result;
  }
}
