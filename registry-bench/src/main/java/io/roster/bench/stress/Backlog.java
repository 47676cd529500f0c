package io.roster.bench.stress;

import io.roster.bench.Clients;
import io.roster.bench.EchoServer;
import io.roster.bench.Effort;
import io.roster.bench.Stage;
import io.roster.core.process.ProcessSystem;
import io.roster.core.server.ServerRef;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

/** Mailboxes with very many messages in them, or through them. */
final class Backlog {

  /** How many times more messages wait: in linear time a call takes that many times longer. */
  static final int FACTOR = 100;

  /** What a heap of gigabytes does not notice. */
  static final int GROWTH_BYTES = 1_000_000;

  private static final int MANY = 100_000;
  private static final int FEW = MANY / FACTOR;
  private static final int ROUNDS = 11;
  private static final int WARM_UPS = 20;
  private static final int CALLS = 20_000;
  private static final int THROUGH = 10_000_000;
  private static final int COLLECTIONS = 3;

  private Backlog() {}

  /** How many times longer a call waits behind many messages than behind few. */
  static double ahead(Effort effort) {
    try (var system = Stage.system()) {
      var server = Stage.server(system);
      for (int i = 0; i < effort.count(WARM_UPS); i++) {
        callBehind(system, server, MANY);
      }
      int rounds = effort.count(ROUNDS);
      long few = median(rounds * 10, () -> callBehind(system, server, FEW));
      long many = median(rounds, () -> callBehind(system, server, MANY));
      return many / (double) few;
    }
  }

  /** From the moment when the server may begin, to the answer. */
  private static long callBehind(
      ProcessSystem system, ServerRef<EchoServer.Message> server, int messages) {
    var pid = server.pid().orElseThrow();
    var add = new EchoServer.Add(1);
    system.suspend(pid);
    for (int i = 0; i < messages; i++) {
      var _ = server.cast(add);
    }
    var answer = server.ask(EchoServer.Get::new);
    long started = System.nanoTime();
    system.resume(pid);
    var _ = answer.await(Stage.PATIENCE).orElseThrow();
    return System.nanoTime() - started;
  }

  /** How many times longer the calls of a process take with many messages in its own mailbox. */
  static double own(Effort effort) throws Exception {
    int calls = effort.count(CALLS);
    try (var system = Stage.system()) {
      var server = Stage.server(system);
      long none = Long.MAX_VALUE;
      long many = Long.MAX_VALUE;
      for (int i = 0; i < effort.count(ROUNDS); i++) {
        none = Math.min(none, callsWith(system, server, 0, calls));
        many = Math.min(many, callsWith(system, server, MANY, calls));
      }
      return many / (double) none;
    }
  }

  private static long callsWith(
      ProcessSystem system, ServerRef<EchoServer.Message> server, int messages, int calls)
      throws Exception {
    var nanos = new CompletableFuture<Long>();
    var _ =
        system.spawn(
            self -> {
              for (int i = 0; i < messages; i++) {
                var _ = self.send(self.pid(), "message");
              }
              long started = System.nanoTime();
              for (int i = 0; i < calls; i++) {
                var _ = server.call(EchoServer.Get::new, Stage.PATIENCE).orElseThrow();
              }
              nanos.complete(System.nanoTime() - started);
            });
    return nanos.get();
  }

  /** How much more of the heap is in use after very many messages than after some, in bytes. */
  static double growth(Effort effort) throws Exception {
    int messages = effort.count(THROUGH);
    try (var system = Stage.system()) {
      var servers = List.of(Stage.server(system));
      Clients.cast(system, servers, messages / COLLECTIONS);
      long before = usedBytes();
      Clients.cast(system, servers, messages);
      return Math.max(0, usedBytes() - before);
    }
  }

  private static long usedBytes() {
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static long median(int rounds, LongSupplier nanos) {
    var all = new long[rounds];
    for (int i = 0; i < rounds; i++) {
      all[i] = nanos.getAsLong();
    }
    Arrays.sort(all);
    return all[rounds / 2];
  }
}
