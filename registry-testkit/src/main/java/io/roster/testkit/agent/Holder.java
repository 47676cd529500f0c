package io.roster.testkit.agent;

import io.roster.core.identity.Pid;
import io.roster.core.identity.ProcessName;
import io.roster.core.naming.NameRegistry;
import io.roster.core.naming.Registration;
import io.roster.core.process.ProcessBody;
import io.roster.core.process.ProcessContext;
import io.roster.core.signal.ExitReason;
import io.roster.core.signal.Signal;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * The process of one claim: it registers, holds its name, and tells what becomes of it. An answer
 * that leaves the outcome open is asked for again, which for the same process is no second claim.
 *
 * @param id the claim's number
 * @param name the name
 * @param names where it is registered
 * @param tell takes what happens
 */
record Holder(int id, ProcessName name, NameRegistry names, Consumer<AgentLine> tell)
    implements ProcessBody {

  /** Asks a holder to give its name up. */
  record GiveUp() {}

  private static final Duration AGAIN = Duration.ofMillis(200);

  @Override
  public void run(ProcessContext self) {
    self.trapExits(true);
    if (claim(self)) {
      hold(self);
    }
  }

  private boolean claim(ProcessContext self) {
    while (true) {
      switch (names.register(name, self.pid())) {
        case Registration.Registered(ProcessName _, Pid pid) -> {
          tell.accept(AgentLine.of("granted", id, pid));
          return true;
        }
        case Registration.AlreadyRegistered(ProcessName _, Pid owner) -> {
          tell.accept(AgentLine.of("denied", id, owner));
          return false;
        }
        case Registration.NotAlive _ -> {
          return false;
        }
        case Registration.Refused(ProcessName _, String detail) ->
            tell.accept(AgentLine.of("retrying", id, detail));
        case Registration.Unknown(ProcessName _, String detail) ->
            tell.accept(AgentLine.of("retrying", id, detail));
      }
      if (self.receive(Signal.Exit.class, AGAIN).isPresent()) {
        return false;
      }
    }
  }

  private void hold(ProcessContext self) {
    while (true) {
      switch (self.receive()) {
        case Signal.Exit(Pid _, ExitReason.NameConflict(ProcessName lost, Pid winner), boolean _)
            when lost.equals(name) -> {
          tell.accept(AgentLine.of("told", id, winner));
          return;
        }
        case Signal.Exit(Pid _, ExitReason reason, boolean _) -> {
          tell.accept(AgentLine.of("ended", id, reason));
          return;
        }
        case GiveUp() -> {
          boolean held = names.unregister(name, self.pid());
          tell.accept(held ? AgentLine.of("removed", id) : AgentLine.of("not-removed", id));
          return;
        }
        default -> {
          /* Nobody else writes to it; what comes astray changes nothing. */
        }
      }
    }
  }
}
