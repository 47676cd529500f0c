package io.roster.node.fleet;

import io.roster.core.process.ProcessContext;
import io.roster.core.server.GenServer;
import io.roster.core.server.Init;
import io.roster.core.server.Next;
import io.roster.core.server.ReplyTo;
import io.roster.core.signal.ExitReason;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Keeps the numbers that it is given, each once. */
final class Tally implements GenServer<Tally.State, Tally.Message> {

  record State(List<Long> numbers) {}

  sealed interface Message {}

  /** Answers how many numbers there are with this one. */
  record Add(long number, ReplyTo<Integer> replyTo) implements Message {}

  record Numbers(ReplyTo<List<Long>> replyTo) implements Message {}

  record Crash() implements Message {}

  record Finish() implements Message {}

  private final String args;

  Tally(String args) {
    this.args = args;
  }

  static WorkerType<State, Message, String> type() {
    return WorkerType.of("tally", Message.class, String.class, (_, args) -> new Tally(args))
        .withState(State.class)
        .withAbsorb(Tally::merge);
  }

  private static State merge(State winner, State loser) {
    return new State(
        Stream.concat(winner.numbers().stream(), loser.numbers().stream())
            .distinct()
            .sorted()
            .toList());
  }

  @Override
  public Init<State> init(ProcessContext self) {
    return switch (args) {
      case "ignore" -> Init.ignore();
      case "refuse" -> Init.stop(new ExitReason.Crashed("no such table"));
      case "throw" -> throw new IllegalStateException("init is broken");
      default -> Init.ok(new State(List.of()));
    };
  }

  @Override
  public Next<State> handle(Message message, State state) {
    return switch (message) {
      case Add(long number, ReplyTo<Integer> replyTo) -> {
        var next = state;
        if (!state.numbers().contains(number)) {
          var more = new ArrayList<>(state.numbers());
          more.add(number);
          next = new State(List.copyOf(more));
        }
        replyTo.reply(next.numbers().size());
        yield Next.proceed(next);
      }
      case Numbers(ReplyTo<List<Long>> replyTo) -> {
        replyTo.reply(state.numbers());
        yield Next.proceed(state);
      }
      case Crash() -> throw new IllegalStateException("asked to crash");
      case Finish() -> Next.stop(ExitReason.normal(), state);
    };
  }
}
