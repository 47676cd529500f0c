package io.roster.bench.local;

import io.roster.bench.Clients;
import io.roster.bench.EchoServer;
import io.roster.bench.Effort;
import io.roster.bench.Goal;
import io.roster.bench.Group;
import io.roster.bench.Stage;
import io.roster.bench.Work;
import io.roster.bench.beam.BeamPeer;
import io.roster.bench.pekko.PekkoPeer;
import io.roster.core.identity.Pid;
import io.roster.core.process.ProcessContext;
import io.roster.core.process.ProcessSystem;
import io.roster.core.process.SendResult.Delivered;
import io.roster.core.server.ServerRef;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/** Processes that come and go, and what passes between them. */
final class MessageWorks {

  private static final int CALLS = 200_000;
  private static final int CASTS = 1_000_000;
  private static final int PAIRS = 100;
  private static final int SENDERS = 8;
  private static final long FULL_WAIT_NANOS = 10_000;

  private MessageWorks() {}

  static Group group() {
    return new Group(
        "messages",
        List.of(
            Work.rate("spawn and exit", MessageWorks::spawn).beside(BeamPeer.ERLANG, "spawn", 4),
            Work.rate("call 1→1", effort -> calls(effort, 1, 1))
                .beside(BeamPeer.ERLANG, "call_1_1", 1.5)
                .beside(PekkoPeer.PEKKO, "ask_1_1", new Goal.None()),
            Work.rate("call 100→1", effort -> calls(effort, PAIRS, 1))
                .beside(BeamPeer.ERLANG, "call_100_1", 3.5),
            Work.rate("call 100 pairs", effort -> calls(effort, PAIRS, PAIRS))
                .beside(BeamPeer.ERLANG, "call_100_100", 3),
            Work.rate("cast 1→1", effort -> casts(effort, 1, 1))
                .beside(BeamPeer.ERLANG, "cast_1_1", 2)
                .beside(PekkoPeer.PEKKO, "tell_1_1", 1),
            Work.rate("cast 8→1", effort -> casts(effort, SENDERS, 1))
                .beside(BeamPeer.ERLANG, "cast_8_1", 4),
            Work.rate("cast 100 pairs", effort -> casts(effort, PAIRS, PAIRS))
                .beside(BeamPeer.ERLANG, "cast_100_100", 4),
            Work.rate("plain send 1→1", MessageWorks::sends)
                .beside(BeamPeer.ERLANG, "send_1_1", 1.3)));
  }

  private static double spawn(Effort effort) throws Exception {
    int count = effort.count(CALLS);
    try (var system = Stage.system()) {
      return effort.perSecond(count, () -> spawn(system, count));
    }
  }

  private static void spawn(ProcessSystem system, int count) throws InterruptedException {
    var ended = new CountDownLatch(count);
    Stage.run(
        system,
        self -> {
          for (int i = 0; i < count; i++) {
            var _ = self.spawn(_ -> ended.countDown());
          }
        });
    ended.await();
  }

  private static double calls(Effort effort, int clients, int servers) throws Exception {
    int count = effort.count(CALLS, clients);
    try (var system = Stage.system()) {
      var targets = targets(system, clients, servers);
      return effort.perSecond(count, () -> Clients.call(system, targets, count / clients));
    }
  }

  private static double casts(Effort effort, int clients, int servers) throws Exception {
    int count = effort.count(CASTS, clients);
    try (var system = Stage.system()) {
      var targets = targets(system, clients, servers);
      return effort.perSecond(count, () -> Clients.cast(system, targets, count / clients));
    }
  }

  /** The server of each client: one for all, or one for each. */
  private static List<ServerRef<EchoServer.Message>> targets(
      ProcessSystem system, int clients, int servers) {
    var started = Stage.servers(system, servers);
    return servers == 1 ? Collections.nCopies(clients, started.getFirst()) : started;
  }

  private static double sends(Effort effort) throws Exception {
    int count = effort.count(CASTS);
    try (var system = Stage.system()) {
      return effort.perSecond(count, () -> send(system, count));
    }
  }

  private static void send(ProcessSystem system, int count) throws InterruptedException {
    var received = new CountDownLatch(1);
    Pid sink =
        system.spawn(
            self -> {
              for (int i = 0; i < count; i++) {
                var _ = self.receive();
              }
              received.countDown();
            });
    var _ = system.spawn(self -> sendAll(self, sink, count));
    received.await();
  }

  private static void sendAll(ProcessContext self, Pid sink, int count) {
    for (int i = 0; i < count; i++) {
      while (!(self.send(sink, "message") instanceof Delivered)) {
        // A full mailbox refuses; the sender waits, as the BEAM's would.
        LockSupport.parkNanos(FULL_WAIT_NANOS);
      }
    }
  }
}
