package io.roster.bench.stress;

import io.roster.bench.EchoServer;
import io.roster.bench.Effort;
import io.roster.bench.Stage;
import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import io.roster.core.process.ProcessContext;
import io.roster.core.process.ProcessSystem;
import io.roster.core.process.RunsOn;
import io.roster.core.process.StartOptions;
import io.roster.core.server.GenServer;
import io.roster.core.server.Init;
import io.roster.core.server.Next;
import io.roster.net.membership.udp.GossipMembership;
import io.roster.net.membership.udp.GossipSettings;
import io.roster.net.membership.udp.Keyring;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** As many handlers as there are cores compute without a pause: who waits for them, how long? */
final class Computing {

  private static final Duration TIMER = Duration.ofMillis(1);

  /** So that a measurement ends where a handler that computes holds up everybody. */
  private static final Duration LONGEST = Duration.ofSeconds(4);

  private Computing() {}

  static double timers(Effort effort) throws Exception {
    try (var system = Stage.system()) {
      return Delays.usual(() -> lateness(system), () -> computing(system), effort);
    }
  }

  private static long lateness(ProcessSystem system) throws InterruptedException {
    var fired = new CountDownLatch(1);
    long[] at = {0};
    long due = System.nanoTime() + TIMER.toNanos();
    var _ =
        system
            .timers()
            .after(
                TIMER,
                () -> {
                  at[0] = System.nanoTime();
                  fired.countDown();
                });
    fired.await();
    return at[0] - due;
  }

  static double platformServers(Effort effort) throws Exception {
    try (var system = Stage.system()) {
      var options = StartOptions.DEFAULT.withRunsOn(RunsOn.PLATFORM);
      var server = system.start(new EchoServer(), options);
      return Delays.usual(() -> Delays.callNanos(server), () -> computing(system), effort);
    }
  }

  static double otherProcesses(Effort effort) throws Exception {
    try (var system = Stage.system()) {
      var server = Stage.server(system);
      return Delays.worst(() -> Delays.callNanos(server), () -> computing(system), effort);
    }
  }

  /** A question to the thread that the gossip runs on. */
  static double membership(Effort effort) throws Exception {
    var settings =
        GossipSettings.of(
            new NodeId(new NodeName("bench"), 1),
            "bench",
            Keyring.insecure(),
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    try (var system = Stage.system();
        var membership = GossipMembership.start(settings)) {
      return Delays.usual(() -> pulseNanos(membership), () -> computing(system), effort);
    }
  }

  private static long pulseNanos(GossipMembership membership) {
    long started = System.nanoTime();
    var _ = membership.pulse();
    return System.nanoTime() - started;
  }

  /** Has a handler compute for each core; returns when all do. */
  private static Delays.Disturbance computing(ProcessSystem system) throws InterruptedException {
    int cores = Runtime.getRuntime().availableProcessors();
    var load = new Load(new CountDownLatch(cores), System.nanoTime() + LONGEST.toNanos());
    for (int i = 0; i < cores; i++) {
      var _ = system.start(new Computer()).cast(load);
    }
    if (!load.begun.await(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
      throw new IllegalStateException("expected " + cores + " handlers to compute");
    }
    return load;
  }

  /** What the handlers share: when to stop. */
  private static final class Load implements Delays.Disturbance {

    private final CountDownLatch begun;
    private final long deadline;
    private volatile boolean stopped;

    private Load(CountDownLatch begun, long deadline) {
      this.begun = begun;
      this.deadline = deadline;
    }

    @Override
    public boolean goesOn() {
      return !stopped && System.nanoTime() - deadline < 0;
    }

    @Override
    public void close() {
      stopped = true;
    }
  }

  /** Computes until it is told to stop. */
  private static final class Computer implements GenServer<Long, Load> {

    @Override
    public Init<Long> init(ProcessContext self) {
      return Init.ok(1L);
    }

    @Override
    public Next<Long> handle(Load load, Long seed) {
      load.begun.countDown();
      long value = seed;
      while (load.goesOn()) {
        value = value * 6364136223846793005L + 1442695040888963407L;
      }
      return Next.proceed(value);
    }
  }
}
