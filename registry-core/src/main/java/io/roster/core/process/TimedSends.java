package io.roster.core.process;

import io.roster.core.identity.Destination;
import io.roster.core.identity.Pid;
import io.roster.core.time.Timers.Scheduled;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Messages that are to be sent later. One that is aimed at a process of this node, by its pid, goes
 * with the end of that process. Thread-safe, never blocks.
 *
 * @see <a href="https://www.erlang.org/doc/apps/erts/erlang.html#send_after/3">send_after</a>
 */
final class TimedSends {

  private final ProcessSystem system;

  /** Timers by the process that they are aimed at. */
  final HeldKeys<TimedSend> aimed;

  TimedSends(ProcessSystem system) {
    this.system = system;
    aimed = new HeldKeys<>(system, (timed, _) -> timed.cancel());
  }

  /** Has {@code message} sent after {@code delay}; nothing is armed for who is dead. */
  Scheduled after(Duration delay, Pid from, Destination to, Object message) {
    if (!(to instanceof Pid target) || !system.isHere(to)) {
      return new TimedSend(from, to, message).armed(delay);
    }
    var timed = new TimedSend(from, to, message);
    if (aimed.note(timed, target)) {
      return timed.armed(delay);
    }
    Optional<Pid> moved = system.movedTo(to);
    return moved.isPresent() ? after(delay, from, moved.get(), message) : TimedSend.OVER;
  }

  /** How many timers are noted at a living process that will never ring. */
  long leftBehindAt(Pid pid) {
    return aimed.of(pid).stream().filter(TimedSend::isOver).count();
  }

  /** One message. */
  final class TimedSend implements Scheduled {

    private static final Scheduled OVER = () -> false;

    private final Pid from;
    private final Destination to;
    private final Object message;

    /**
     * Null until the timer is there, which its end may come before. Whoever puts {@code OVER} here
     * first decides whether the message is sent.
     */
    private final AtomicReference<@Nullable Scheduled> timer = new AtomicReference<>();

    private TimedSend(Pid from, Destination to, Object message) {
      this.from = from;
      this.to = to;
      this.message = message;
    }

    private Scheduled armed(Duration delay) {
      Scheduled mine = system.timers().after(delay, this::ring);
      if (!timer.compareAndSet(null, mine)) {
        mine.cancel();
      }
      return this;
    }

    private void ring() {
      if (!OVER.equals(timer.getAndSet(OVER))) {
        forget();
        var _ = system.send(from, to, message);
      }
    }

    @Override
    public boolean cancel() {
      Scheduled mine = timer.getAndSet(OVER);
      if (OVER.equals(mine)) {
        return false;
      }
      forget();
      if (mine != null) {
        mine.cancel();
      }
      return true;
    }

    private boolean isOver() {
      return OVER.equals(timer.get());
    }

    private void forget() {
      if (to instanceof Pid pid) {
        aimed.forget(this, pid);
      }
    }
  }
}
