package io.roster.core.process;

import io.roster.core.identity.Pid;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A plain process as something to be started, by a supervisor for instance. */
public final class PlainProcess implements Startable<Pid> {

  private final ProcessBody body;

  /** What is tied to the process before it begins. */
  private final Consumer<ProcessCell> ties;

  private PlainProcess(ProcessBody body, Consumer<ProcessCell> ties) {
    this.body = body;
    this.ties = ties;
  }

  /** A process that runs {@code body}; it counts as started when it has its name. */
  public static PlainProcess of(ProcessBody body) {
    return new PlainProcess(body, _ -> {});
  }

  /**
   * A process whose end, if it comes before an answer, ends {@code request}.
   *
   * @param linkedTo a process that it is linked to besides its starter, or null
   */
  public static PlainProcess answering(Request request, ProcessBody body, @Nullable Pid linkedTo) {
    return new PlainProcess(
        body,
        cell -> {
          request.workedOnBy(cell);
          request.watch(cell);
          if (linkedTo != null && linkedTo.serial() != 0) {
            cell.system().ties().link(cell, linkedTo);
          }
        });
  }

  @Override
  public PendingStart<Pid> begin(ProcessSystem system, StartOptions options) {
    var pending = new PendingStart<Pid>(system);
    ProcessCell cell =
        system.makeOwnPlain(
            self -> {
              Optional<StartResult<Pid>> refused = options.name().take(system, self.pid());
              pending.complete(
                  refused.orElseGet(() -> new StartResult.Started<>(self.pid(), self.pid())));
              if (refused.isEmpty()) {
                body.run(self);
              }
            },
            options.ties());
    PendingStart<Pid> begun = pending.of(cell.pid(), options);
    ExitWatch end = system.watchExit(cell.pid());
    end.whenExited(reason -> pending.complete(new StartResult.Failed<>(reason)));
    begun.whenDone(_ -> end.cancel());
    ties.accept(cell);
    system.beginPlain(cell);
    return begun;
  }
}
