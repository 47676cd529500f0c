package io.roster.demo.docs;

import io.roster.core.process.ProcessContext;
import io.roster.core.server.GenServer;
import io.roster.core.server.Init;
import io.roster.core.server.Next;
import io.roster.core.server.ReplyTo;

/** The server of the README. */
// @start region=server
final class Visits implements GenServer<Long, Visits.Message> {

  sealed interface Message {}

  record Arrived(String who) implements Message {}

  record HowMany(ReplyTo<Long> replyTo) implements Message {}

  @Override
  public Init<Long> init(ProcessContext self) {
    return Init.ok(0L);
  }

  @Override
  public Next<Long> handle(Message message, Long visits) {
    return switch (message) {
      case Arrived _ -> Next.proceed(visits + 1);
      case HowMany(ReplyTo<Long> replyTo) -> {
        replyTo.reply(visits);
        yield Next.proceed(visits);
      }
    };
  }
}
// @end
