package io.roster.core.server;

import io.roster.core.process.ProcessContext;

/** Counts. The smallest complete server. */
final class Counter implements GenServer<Long, Counter.Message> {

  sealed interface Message {}

  record Add(long amount) implements Message {}

  record Get(ReplyTo<Long> replyTo) implements Message {}

  @Override
  public Init<Long> init(ProcessContext self) {
    return Init.ok(0L);
  }

  @Override
  public Next<Long> handle(Message message, Long count) {
    return switch (message) {
      case Add(long amount) -> Next.proceed(count + amount);
      case Get(ReplyTo<Long> replyTo) -> {
        replyTo.reply(count);
        yield Next.proceed(count);
      }
    };
  }
}
