package io.roster.deploy.echo;

import io.roster.core.process.ProcessContext;
import io.roster.core.server.GenServer;
import io.roster.core.server.Init;
import io.roster.core.server.Next;

/** Says back what it is told, where it is, and how often it was asked. */
record EchoServer(String node) implements GenServer<Long, EchoMessage> {

  @Override
  public Init<Long> init(ProcessContext self) {
    return Init.ok(0L);
  }

  @Override
  public Next<Long> handle(EchoMessage message, Long count) {
    return switch (message) {
      case EchoMessage.Say(var text, var replyTo) -> {
        replyTo.reply(new EchoMessage.Heard(node, text, count + 1));
        yield Next.proceed(count + 1);
      }
    };
  }
}
