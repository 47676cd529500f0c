package io.roster.bench;

import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import io.roster.core.identity.Pid;
import io.roster.core.process.ProcessBody;
import io.roster.core.process.ProcessSystem;
import io.roster.core.server.ServerRef;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Where works of one node run: a system, and processes in it. */
public final class Stage {

  /** Longer than any round takes. */
  public static final Duration PATIENCE = Duration.ofSeconds(60);

  private Stage() {}

  /** A system of one node that tells nobody of crashes, as the peers are told not to log them. */
  public static ProcessSystem system() {
    return ProcessSystem.builder(new NodeId(new NodeName("bench"), 1)).reporter(_ -> {}).build();
  }

  /** Runs {@code body} in a process and waits until it is done. */
  public static void run(ProcessSystem system, ProcessBody body) throws InterruptedException {
    runAll(system, List.of(body));
  }

  /**
   * Runs each of {@code bodies} in a process and waits until all are done.
   *
   * @throws IllegalStateException if one throws, or takes longer than {@link #PATIENCE}
   */
  public static void runAll(ProcessSystem system, List<ProcessBody> bodies)
      throws InterruptedException {
    var done = new CountDownLatch(bodies.size());
    var failure = new AtomicReference<@Nullable Throwable>();
    for (ProcessBody body : bodies) {
      var _ =
          system.spawn(
              self -> {
                try {
                  body.run(self);
                } catch (Throwable e) {
                  failure.compareAndSet(null, e);
                  throw e;
                } finally {
                  done.countDown();
                }
              });
    }
    if (!done.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new IllegalStateException(
          "expected all processes to be done within " + PATIENCE + ", left: " + done.getCount());
    }
    if (failure.get() != null) {
      throw new IllegalStateException(
          "expected every process to do its work, got: " + failure.get(), failure.get());
    }
  }

  /** Starts a server that counts. */
  public static ServerRef<EchoServer.Message> server(ProcessSystem system) {
    return system.start(new EchoServer());
  }

  /** Starts servers that count. */
  public static List<ServerRef<EchoServer.Message>> servers(ProcessSystem system, int count) {
    return IntStream.range(0, count).mapToObj(_ -> server(system)).toList();
  }

  /** Starts a server that has nothing to do. */
  public static Pid idle(ProcessSystem system) {
    return server(system).pid().orElseThrow();
  }
}
