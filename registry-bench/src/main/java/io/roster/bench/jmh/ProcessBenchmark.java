package io.roster.bench.jmh;

import io.roster.bench.EchoServer;
import io.roster.bench.Stage;
import io.roster.core.identity.Pid;
import io.roster.core.process.ProcessSystem;
import io.roster.core.process.SendResult;
import io.roster.core.registry.UniqueRegistry;
import io.roster.core.server.ServerRef;
import java.util.Optional;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Operations of one node, from a thread outside any process. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
@SuppressWarnings("NullAway.Init") // JMH calls the setup before anything else
public class ProcessBenchmark {

  private static final int CASTS = 1_000;

  private final EchoServer.Add add = new EchoServer.Add(1);
  private final SynchronousQueue<Object> answers = new SynchronousQueue<>();
  private ProcessSystem system;
  private ServerRef<EchoServer.Message> server;
  private UniqueRegistry<String, Boolean> registry;
  private Pid receiver;

  /** Starts what the benchmarks talk to. */
  @Setup
  public void start() {
    system = Stage.system();
    server = Stage.server(system);
    registry = new UniqueRegistry<>(system);
    var _ = registry.register("key", Stage.idle(system), true);
    receiver =
        system.spawn(
            self -> {
              while (true) {
                answers.put(self.receive());
              }
            });
  }

  /** Ends it. */
  @TearDown
  public void stop() {
    system.close();
  }

  /** A question and its answer. */
  @Benchmark
  public long callRoundTrip() {
    return server.call(EchoServer.Get::new, Stage.PATIENCE).orElseThrow();
  }

  /** A cast, in a thousand with a call behind them. */
  @Benchmark
  @OperationsPerInvocation(CASTS)
  public long cast() {
    for (int i = 0; i < CASTS; i++) {
      var _ = server.cast(add);
    }
    return callRoundTrip();
  }

  /** A message through the mailbox of a process that waits for it, and back by a queue. */
  @Benchmark
  public Object mailboxHandOver() throws InterruptedException {
    SendResult _ = system.send(receiver, add);
    return answers.take();
  }

  /** Who holds a key. */
  @Benchmark
  public Optional<?> registryLookup() {
    return registry.lookup("key");
  }

  /** A process that has nothing to do, to its end. */
  @Benchmark
  public Object spawnAndExit() {
    Pid pid = system.spawn(_ -> {});
    return system.awaitExit(pid, Stage.PATIENCE);
  }
}
