package io.roster.bench;

import io.roster.core.process.ProcessContext;
import io.roster.core.server.GenServer;
import io.roster.core.server.Init;
import io.roster.core.server.Next;
import io.roster.core.server.ReplyTo;

/** Counts what is cast at it and answers with the count: as little as a server can do. */
public final class EchoServer implements GenServer<Long, EchoServer.Message> {

  /** What it takes. */
  public sealed interface Message {}

  /**
   * One more.
   *
   * @param amount how many
   */
  public record Add(long amount) implements Message {}

  /**
   * How many so far? What was cast before by the same sender is counted in.
   *
   * @param replyTo who asks
   */
  public record Get(ReplyTo<Long> replyTo) implements Message {}

  @Override
  public Init<Long> init(ProcessContext self) {
    return Init.ok(0L);
  }

  @Override
  public Next<Long> handle(Message message, Long count) {
    return switch (message) {
      case Add(long amount) -> Next.proceed(count + amount);
      case Get(ReplyTo<Long> replyTo) -> {
        var _ = replyTo.reply(count);
        yield Next.proceed(count);
      }
    };
  }
}
