package io.roster.core.task;

import io.roster.core.identity.Pid;
import io.roster.core.process.ExitHook;
import io.roster.core.process.ProcessSystem;
import io.roster.core.process.Request;
import io.roster.core.signal.ExitReason;
import io.roster.core.time.Timers.Scheduled;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One task of a stream: it ends when its time is over and when its reader ends, whatever the reader
 * does meanwhile. Thread-safe.
 *
 * @param <I> the input
 */
final class StreamedTask<I> implements ExitHook {

  /*
   * The request decides, once: an answer, the task's end, the timer, or the reader's end or will. Whoever
   * decides it clears away, and kills the task where it goes on in vain. The task first makes its ties and
   * notes its process, then looks whether it is decided; who decides does that first, then looks for those.
   * So one of the two always sees the other, also where the reader ended before its task began.
   */

  private final ProcessSystem system;
  private final I input;
  private final Duration timeout;
  private final Request request;

  /** Written by the task's own process alone, as is the timer. */
  private volatile @Nullable Pid pid;

  private volatile @Nullable Scheduled timer;

  /** A task of the calling process, not begun. */
  StreamedTask(ProcessSystem system, I input, Duration timeout) {
    this.system = system;
    this.input = input;
    this.timeout = timeout;
    request = system.request();
  }

  I input() {
    return input;
  }

  Request request() {
    return request;
  }

  /** Calls {@code told} when it has ended. To be called before it is started. */
  void whenEnded(Consumer<StreamedTask<I>> told) {
    request.whenDone(
        outcome -> {
          clearAway(outcome);
          told.accept(this);
        });
  }

  private void clearAway(Request.Outcome outcome) {
    untie();
    Pid begun = pid;
    if (begun != null && goesOnInVain(outcome)) {
      request.killWorker(begun);
    }
  }

  private static boolean goesOnInVain(Request.Outcome outcome) {
    return switch (outcome) {
      case Request.Outcome.TimedOut _, Request.Outcome.Cancelled _ -> true;
      case Request.Outcome.Replied _, Request.Outcome.ServerEnded _, Request.Outcome.Refused _ ->
          false;
    };
  }

  /** Its time begins. To be called in its process; ends that if it is not wanted any more. */
  void begin() {
    var self = system.current().orElseThrow();
    timer = system.timers().after(timeout, () -> request.timeOut(timeout));
    Pid reader = request.from();
    boolean isReadByProcess = reader.serial() != 0;
    if (isReadByProcess && !system.onExit(reader, this)) {
      request.cancel();
    }
    pid = self.pid();
    if (request.isDone()) {
      untie();
      self.exit(ExitReason.normal());
    }
  }

  private void untie() {
    Scheduled running = timer;
    if (running != null) {
      running.cancel();
    }
    system.removeOnExit(request.from(), this);
  }

  /** The reader has ended. */
  @Override
  public void onExit(Pid reader, ExitReason reason) {
    request.cancel();
  }
}
