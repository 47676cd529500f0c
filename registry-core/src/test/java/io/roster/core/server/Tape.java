package io.roster.core.server;

import io.roster.core.process.ProcessContext;
import io.roster.core.signal.ExitReason;
import io.roster.core.support.Probe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A server that keeps what it got and can be told to do anything a server may do wrong. */
final class Tape implements GenServer<List<Object>, Tape.Message> {

  sealed interface Message {}

  record Note(Object what) implements Message {}

  record Read(ReplyTo<List<Object>> replyTo) implements Message {}

  /** Whatever a test wants done inside the handler. */
  record Do<R>(Function<ReplyTo<R>, Next<List<Object>>> what, ReplyTo<R> replyTo)
      implements Message {
    Next<List<Object>> run() {
      return what.apply(replyTo);
    }
  }

  record Keep(ReplyTo<Object> replyTo) implements Message {}

  record ReadSoon(Duration idle, ReplyTo<Object> replyTo) implements Message {}

  private final Function<ProcessContext, Init<List<Object>>> init;
  private final Probe<Object> signals = new Probe<>();
  private final Probe<ReplyTo<Object>> kept = new Probe<>();

  Tape() {
    this(_ -> Init.ok(List.of()));
  }

  Tape(Function<ProcessContext, Init<List<Object>>> init) {
    this.init = init;
  }

  Probe<Object> signals() {
    return signals;
  }

  Probe<ReplyTo<Object>> kept() {
    return kept;
  }

  @Override
  public Init<List<Object>> init(ProcessContext self) {
    return init.apply(self);
  }

  @Override
  public Next<List<Object>> handle(Message message, List<Object> notes) {
    return switch (message) {
      case Note(Object what) -> Next.proceed(with(notes, what));
      case Read(var replyTo) -> {
        replyTo.reply(notes);
        yield Next.proceed(notes);
      }
      case Do<?> told -> told.run();
      case Keep(var replyTo) -> {
        kept.put(replyTo);
        yield Next.proceed(notes);
      }
      case ReadSoon(Duration idle, var replyTo) -> {
        replyTo.reply(true);
        yield Next.proceed(notes).withIdleTimeout(idle);
      }
    };
  }

  private static List<Object> with(List<Object> notes, Object what) {
    var more = new ArrayList<>(notes);
    more.add(what);
    return List.copyOf(more);
  }

  @Override
  public Next<List<Object>> handleSignal(ServerSignal signal, List<Object> notes) {
    signals.put(signal);
    return signal instanceof ServerSignal.Stray ? Next.unhandled(notes) : Next.proceed(notes);
  }

  @Override
  public void terminate(ExitReason reason, List<Object> notes) {
    signals.put(reason);
  }
}
