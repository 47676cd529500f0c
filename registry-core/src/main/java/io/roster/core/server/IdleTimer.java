package io.roster.core.server;

import io.roster.core.process.ProcessContext;
import io.roster.core.time.Timers.Scheduled;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The idle time-out of one server. Confined to its process. */
final class IdleTimer {

  private final ProcessContext self;
  private long armed;
  private @Nullable Scheduled running;

  /** The message that the timer sends. */
  record Fired(IdleTimer of, long armed) {}

  IdleTimer(ProcessContext self) {
    this.self = self;
  }

  void arm(Duration timeout) {
    cancel();
    running = self.sendAfter(timeout, self.pid(), new Fired(this, armed));
  }

  /** Something came: what the timer may have sent already counts no more. */
  void cancel() {
    armed++;
    if (running != null) {
      running.cancel();
      running = null;
    }
  }

  boolean isCurrent(Fired fired) {
    return equals(fired.of) && fired.armed == armed;
  }
}
