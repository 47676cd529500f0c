package io.roster.bench.local;

import io.roster.core.process.ProcessContext;
import io.roster.core.server.GenServer;
import io.roster.core.server.Init;
import io.roster.core.server.Next;
import java.util.concurrent.CountDownLatch;

/** Counts what it hears; tells when it has heard all messages of a round. */
final class Subscriber implements GenServer<Integer, String> {

  private final int messages;
  private volatile CountDownLatch heard = new CountDownLatch(0);

  /** Expects so many messages in each round. */
  Subscriber(int messages) {
    this.messages = messages;
  }

  /** Begins a round, at whose end {@code heard} is told. */
  void expect(CountDownLatch heard) {
    this.heard = heard;
  }

  @Override
  public Init<Integer> init(ProcessContext self) {
    return Init.ok(0);
  }

  @Override
  public Next<Integer> handle(String message, Integer count) {
    if (count + 1 < messages) {
      return Next.proceed(count + 1);
    }
    heard.countDown();
    return Next.proceed(0);
  }
}
