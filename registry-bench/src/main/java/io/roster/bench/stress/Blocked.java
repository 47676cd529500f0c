package io.roster.bench.stress;

import io.roster.bench.Effort;
import io.roster.bench.Stage;
import io.roster.core.process.ProcessContext;
import io.roster.core.process.ProcessSystem;
import io.roster.core.server.GenServer;
import io.roster.core.server.Init;
import io.roster.core.server.Next;
import java.util.concurrent.CountDownLatch;

/** Handlers that wait for something outside: who waits with them? Nobody should. */
final class Blocked {

  private static final int HANDLERS = 10_000;

  private Blocked() {}

  static double others(Effort effort) throws Exception {
    int handlers = effort.count(HANDLERS);
    try (var system = Stage.system()) {
      var server = Stage.server(system);
      return Delays.usual(() -> Delays.callNanos(server), () -> blocking(system, handlers), effort);
    }
  }

  /** Has that many handlers wait; returns when all do. */
  private static Delays.Disturbance blocking(ProcessSystem system, int handlers)
      throws InterruptedException {
    var gate = new Gate(new CountDownLatch(handlers));
    for (int i = 0; i < handlers; i++) {
      var _ = system.start(new Waiter()).cast(gate);
    }
    gate.waiting.await();
    return gate;
  }

  /** Shut at first. Waits on a monitor, as old code does: that holds no carrier either. */
  private static final class Gate implements Delays.Disturbance {

    private final CountDownLatch waiting;
    private boolean open;

    private Gate(CountDownLatch waiting) {
      this.waiting = waiting;
    }

    private synchronized void pass() throws InterruptedException {
      waiting.countDown();
      while (!open) {
        wait();
      }
    }

    @Override
    public synchronized boolean goesOn() {
      return !open;
    }

    @Override
    public synchronized void close() {
      open = true;
      notifyAll();
    }
  }

  /** Waits at the gates that it is sent. */
  private static final class Waiter implements GenServer<Boolean, Gate> {

    @Override
    public Init<Boolean> init(ProcessContext self) {
      return Init.ok(true);
    }

    @Override
    public Next<Boolean> handle(Gate gate, Boolean state) throws InterruptedException {
      gate.pass();
      return Next.proceed(state);
    }
  }
}
