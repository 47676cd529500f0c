package io.roster.core.stress;

import io.roster.core.process.ProcessContext;
import io.roster.core.server.GenServer;
import io.roster.core.server.Init;
import io.roster.core.server.Next;
import io.roster.core.server.ServerSignal;
import java.util.function.LongConsumer;

/** Hands numbers on. */
final class Adder implements GenServer<Boolean, Long> {

  private final LongConsumer sink;

  Adder(LongConsumer sink) {
    this.sink = sink;
  }

  @Override
  public Init<Boolean> init(ProcessContext self) {
    return Init.ok(true);
  }

  @Override
  public Next<Boolean> handle(Long amount, Boolean state) {
    sink.accept(amount);
    return Next.proceed(state);
  }

  @Override
  public Next<Boolean> handleSignal(ServerSignal signal, Boolean state) {
    return Next.proceed(state);
  }
}
