package io.roster.core.supervisor;

import io.roster.core.identity.Pid;
import io.roster.core.identity.Ref;
import io.roster.core.process.ProcessContext;
import io.roster.core.signal.ExitReason;
import java.time.Duration;
import java.util.Optional;

/** Waits for the name of a child that another process holds. Confined to its supervisor. */
record Standby(ProcessContext self, Children children) {

  /**
   * How often the name is looked at besides. Bounds what it costs that a holder gave the name up
   * and lives on, or is out of reach; the end of a holder in reach is heard of at once.
   */
  static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  /** The process that has the name, as far as the end of the child tells. */
  static Optional<Pid> winner(ExitReason reason) {
    return reason instanceof ExitReason.NameConflict(_, Pid winner)
        ? Optional.of(winner)
        : Optional.empty();
  }

  /**
   * Stands by, or goes on doing so. One holder is monitored once: if it is dead and the name still
   * shows it, the next look comes with the time, not at once and for ever.
   */
  void begin(Child child, Optional<Pid> holder) {
    boolean another = holder.isPresent() && !holder.equals(child.holder());
    child.standingBy(holder);
    if (another) {
      Ref monitor = self.monitor(holder.get());
      children.standsBy(monitor, child);
      child.whenNoLongerStandingBy(
          () -> {
            children.standsByNoMore(monitor);
            self.demonitorAndFlush(monitor);
          });
    }
    child.timed(self.sendAfter(LOOK_EVERY, self.pid(), new Op.LookAtName(child, child.turn())));
  }
}
