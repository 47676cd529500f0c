package io.roster.core.process;

import io.roster.core.carrier.Carriers;
import io.roster.core.identity.Alias;
import io.roster.core.identity.Destination;
import io.roster.core.identity.Pid;
import io.roster.core.signal.Signal;

/** The way of a message to its mailbox. Thread-safe, never blocks. */
final class Sending {

  private final ProcessSystem system;

  Sending(ProcessSystem system) {
    this.system = system;
  }

  SendResult send(Pid from, Destination to, Object message) {
    Carriers.step();
    if (!system.isHere(to)) {
      return system.router().route(from, to, new Signal.Message(message));
    }
    if (to instanceof Alias alias) {
      return sendToAlias(alias, message);
    }
    ProcessCell cell = system.receiver(to);
    if (cell != null) {
      switch (cell.offerUser(message, false)) {
        case TAKEN -> {
          return SendResult.delivered();
        }
        case FULL -> {
          return cell.overloaded(to);
        }
        case CLOSED -> {}
      }
    }
    return system
        .movedTo(to)
        .map(moved -> send(from, moved, message))
        .orElseGet(() -> new SendResult.NoSuchProcess(to));
  }

  private SendResult sendToAlias(Alias alias, Object message) {
    return switch (system.aliases().take(alias).orElse(null)) {
      case Request request when request.reply(message) -> SendResult.delivered();
      case Aliases.ToProcess(ProcessCell cell, boolean once) ->
          switch (cell.offerBy(alias, once, message)) {
            case TAKEN -> SendResult.delivered();
            case FULL -> cell.overloaded(alias);
            case CLOSED -> new SendResult.NoSuchProcess(alias);
          };
      case null, default -> new SendResult.NoSuchProcess(alias);
    };
  }
}
