package io.roster.net.client;

import io.roster.core.process.ProcessContext;
import io.roster.core.server.GenServer;
import io.roster.core.server.Init;
import io.roster.core.server.Next;
import io.roster.core.server.ReplyTo;
import io.roster.net.codec.MessageTypes;
import java.util.ArrayList;
import java.util.List;

/** A server that keeps what it is told, and its messages. */
sealed interface ClientMessages {

  /** What every node and client of the tests knows. */
  MessageTypes TYPES = MessageTypes.builder().register("log", ClientMessages.class).build();

  record Append(int number) implements ClientMessages {}

  record Count(ReplyTo<Integer> replyTo) implements ClientMessages {}

  record All(ReplyTo<List<Integer>> replyTo) implements ClientMessages {}

  record Echo(String text, ReplyTo<String> replyTo) implements ClientMessages {}

  record Never(ReplyTo<String> replyTo) implements ClientMessages {}

  record Crash(ReplyTo<String> replyTo) implements ClientMessages {}

  /** Keeps numbers in the order in which they came. */
  final class Log implements GenServer<List<Integer>, ClientMessages> {

    @Override
    public Init<List<Integer>> init(ProcessContext self) {
      return Init.ok(new ArrayList<>());
    }

    @Override
    public Next<List<Integer>> handle(ClientMessages message, List<Integer> kept) {
      switch (message) {
        case Append(int number) -> kept.add(number);
        case Count(var replyTo) -> replyTo.reply(kept.size());
        case All(var replyTo) -> replyTo.reply(List.copyOf(kept));
        case Echo(String text, var replyTo) -> replyTo.reply(text);
        case Never _ -> {}
        case Crash _ -> throw new IllegalStateException("as asked");
      }
      return Next.proceed(kept);
    }
  }
}
