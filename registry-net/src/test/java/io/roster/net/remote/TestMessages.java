package io.roster.net.remote;

import io.roster.core.process.ProcessContext;
import io.roster.core.server.GenServer;
import io.roster.core.server.Init;
import io.roster.core.server.Next;
import io.roster.core.server.ReplyTo;
import io.roster.net.codec.MessageTypes;
import java.util.ArrayList;
import java.util.List;

/** A server that answers in every way a server can, and its messages. */
final class TestMessages {

  static final MessageTypes TYPES =
      MessageTypes.builder().register("test.echo", EchoMessage.class).build();

  private TestMessages() {}

  sealed interface EchoMessage {
    record Note(int number) implements EchoMessage {}

    record Notes(ReplyTo<List<Integer>> replyTo) implements EchoMessage {}

    record Say(String text, ReplyTo<String> replyTo) implements EchoMessage {}

    record Keep(ReplyTo<String> replyTo) implements EchoMessage {}

    record AnswerKept(String text, ReplyTo<Boolean> taken) implements EchoMessage {}

    record Crash(String why, ReplyTo<String> replyTo) implements EchoMessage {}

    record AnswerOddly(ReplyTo<Object> replyTo) implements EchoMessage {}
  }

  /** Not registered: other nodes do not know it. */
  record Unregistered(int number) {}

  static final class EchoServer implements GenServer<List<Integer>, EchoMessage> {

    private final List<ReplyTo<String>> kept = new ArrayList<>();

    @Override
    public Init<List<Integer>> init(ProcessContext self) {
      return Init.ok(new ArrayList<>());
    }

    @Override
    public Next<List<Integer>> handle(EchoMessage message, List<Integer> notes) {
      switch (message) {
        case EchoMessage.Note(int number) -> notes.add(number);
        case EchoMessage.Notes(var replyTo) -> replyTo.reply(List.copyOf(notes));
        case EchoMessage.Say(String text, var replyTo) -> replyTo.reply(text);
        case EchoMessage.Keep(var replyTo) -> kept.add(replyTo);
        case EchoMessage.AnswerKept(String text, var taken) -> {
          kept.forEach(replyTo -> replyTo.reply(text));
          kept.clear();
          taken.reply(true);
        }
        case EchoMessage.Crash(String why, var _) -> throw new IllegalStateException(why);
        case EchoMessage.AnswerOddly(var replyTo) -> replyTo.reply(new Unregistered(1));
      }
      return Next.proceed(notes);
    }
  }
}
