package io.roster.core.process;

import io.roster.core.identity.Pid;
import io.roster.core.identity.ProcessName;
import io.roster.core.naming.Registration;
import io.roster.core.naming.Via;
import io.roster.core.signal.ExitReason;
import java.util.Optional;

/** The name that a process takes before its {@code init} runs. Immutable. */
public sealed interface StartName {

  /** None. */
  record Anonymous() implements StartName {}

  /**
   * A name on this node.
   *
   * @param name the name
   */
  record Local(ProcessName name) implements StartName {}

  /**
   * A name in a registry.
   *
   * @param via which registry and which name
   */
  record InRegistry(Via via) implements StartName {}

  /**
   * Has {@code pid}, which is starting, take the name.
   *
   * @return how the start ends if it cannot have it; empty if it has it
   */
  default <H> Optional<StartResult<H>> take(ProcessSystem system, Pid pid) {
    return switch (this) {
      case Anonymous() -> Optional.empty();
      case Local(ProcessName name) -> refusal(system.names().register(name, pid));
      case InRegistry(Via via) -> refusal(via.registry().register(via.name(), pid));
    };
  }

  /** The process that has the name now. */
  default Optional<Pid> holder(ProcessSystem system) {
    return switch (this) {
      case Anonymous() -> Optional.empty();
      case Local(ProcessName name) -> system.whereis(name);
      case InRegistry(Via via) -> via.registry().whereis(via.name());
    };
  }

  private static <H> Optional<StartResult<H>> refusal(Registration registration) {
    return switch (registration) {
      case Registration.Registered _ -> Optional.empty();
      case Registration.AlreadyRegistered(_, Pid owner) ->
          Optional.of(new StartResult.AlreadyStarted<>(owner));
      case Registration.NotAlive(var name, Pid _) ->
          failed(new ExitReason.Crashed("name " + name + ": the process ended while it took it"));
      case Registration.Refused(var name, String detail) ->
          failed(notTaken(name, "refused: " + detail));
      case Registration.Unknown(var name, String detail) ->
          failed(notTaken(name, "no answer: " + detail));
    };
  }

  private static <H> Optional<StartResult<H>> failed(ExitReason reason) {
    return Optional.of(new StartResult.Failed<>(reason));
  }

  private static ExitReason notTaken(ProcessName name, String why) {
    return new ExitReason.Crashed("name " + name + ": " + why, new NameNotTaken(name, why));
  }
}
