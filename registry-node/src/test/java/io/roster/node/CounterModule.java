package io.roster.node;

import io.roster.core.identity.ProcessName;
import io.roster.core.process.ProcessContext;
import io.roster.core.server.GenServer;
import io.roster.core.server.Init;
import io.roster.core.server.Next;
import io.roster.core.server.ReplyTo;
import io.roster.node.fleet.StateCodec;
import io.roster.node.fleet.WorkerType;

/** Counters, as a user's module would bring them. */
final class CounterModule implements RosterModule {

  static final String WORKER = "counter";

  sealed interface Message {}

  record Add(long amount, ReplyTo<Long> replyTo) implements Message {}

  record Get(ReplyTo<Long> replyTo) implements Message {}

  record Count(long value) {}

  /** Counts from where it is told to begin. */
  record Counter(long begin) implements GenServer<Count, Message> {

    @Override
    public Init<Count> init(ProcessContext self) {
      return Init.ok(new Count(begin));
    }

    @Override
    public Next<Count> handle(Message message, Count count) {
      return switch (message) {
        case Add(long amount, ReplyTo<Long> replyTo) -> {
          replyTo.reply(count.value() + amount);
          yield Next.proceed(new Count(count.value() + amount));
        }
        case Get(ReplyTo<Long> replyTo) -> {
          replyTo.reply(count.value());
          yield Next.proceed(count);
        }
      };
    }
  }

  @Override
  public String name() {
    return "counters";
  }

  @Override
  public void install(ModuleContext context) {
    var messages = context.messages();
    context
        .message("counter", Message.class)
        .message("count", Count.class)
        .worker(
            WorkerType.of(
                    WORKER,
                    Message.class,
                    StateCodec.of(Count.class, messages),
                    (ProcessName _, Count begin) -> new Counter(begin.value()))
                .withState(StateCodec.of(Count.class, messages)));
  }
}
