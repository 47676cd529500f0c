package io.roster.bench.local;

import io.roster.bench.Clients;
import io.roster.bench.EchoServer;
import io.roster.bench.Rounds;
import io.roster.bench.Work;
import io.roster.core.process.ProcessSystem;
import io.roster.core.server.ServerRef;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

/** Works of one node, with the goals that the project has set itself. */
public final class LocalWorks implements AutoCloseable {

  private static final int CALLS = 200_000;
  private static final int CASTS = 1_000_000;
  private static final int CLIENTS = 100;
  private static final int SENDERS = 8;

  private final ProcessSystem system = ProcessSystem.local("bench");
  private final ServerRef<EchoServer.Message> server = system.start(new EchoServer());
  private final List<ServerRef<EchoServer.Message>> hundred =
      IntStream.range(0, CLIENTS).mapToObj(_ -> system.start(new EchoServer())).toList();

  /** Everything that is measured. */
  public List<Work> works() {
    return List.of(
        Work.rate("spawn and exit", "spawn", () -> Rounds.perSecond(CALLS, this::spawn))
            .withGoal(4),
        Work.rate("call 1→1", "call_1_1", () -> calls(List.of(server))).withGoal(1.5),
        Work.rate("call 100→1", "call_100_1", () -> calls(Collections.nCopies(CLIENTS, server)))
            .withGoal(3.5),
        Work.rate("call 100 pairs", "call_100_100", () -> calls(hundred)).withGoal(3),
        Work.rate("cast 1→1", "cast_1_1", () -> casts(List.of(server))).withGoal(2),
        Work.rate("cast 8→1", "cast_8_1", () -> casts(Collections.nCopies(SENDERS, server)))
            .withGoal(4),
        Work.rate("cast 100 pairs", "cast_100_100", () -> casts(hundred)).withGoal(4));
  }

  private double calls(List<ServerRef<EchoServer.Message>> servers) throws Exception {
    return Rounds.perSecond(CALLS, () -> Clients.call(system, servers, CALLS / servers.size()));
  }

  private double casts(List<ServerRef<EchoServer.Message>> servers) throws Exception {
    return Rounds.perSecond(CASTS, () -> Clients.cast(system, servers, CASTS / servers.size()));
  }

  private void spawn() throws InterruptedException {
    var ended = new CountDownLatch(CALLS);
    for (int i = 0; i < CALLS; i++) {
      var _ = system.spawn(_ -> ended.countDown());
    }
    ended.await();
  }

  @Override
  public void close() {
    system.close();
  }
}
