package io.roster.bench.local;

import io.roster.bench.EchoServer;
import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import io.roster.core.identity.Pid;
import io.roster.core.process.ProcessBody;
import io.roster.core.process.ProcessSystem;
import io.roster.core.server.ServerRef;
import io.roster.core.signal.ExitReason;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** The system that a work runs in, and how to run in it. */
final class Local {

  /** Longer than any round takes. */
  static final Duration PATIENCE = Duration.ofSeconds(60);

  private Local() {}

  /** A system of one node that tells nobody of crashes, as the peers are told not to log them. */
  static ProcessSystem system() {
    return ProcessSystem.builder(new NodeId(new NodeName("bench"), 1)).reporter(_ -> {}).build();
  }

  /** Runs {@code body} in a process and waits for its end. */
  static void run(ProcessSystem system, ProcessBody body) {
    ExitReason end = system.awaitExit(system.spawn(body), PATIENCE).orElseThrow();
    if (!end.equals(ExitReason.normal()) && !end.equals(ExitReason.noProcess())) {
      throw new IllegalStateException("expected the process to end normally, got: " + end);
    }
  }

  /** A server that has nothing to do. */
  static Pid idle(ProcessSystem system) {
    return system.start(new EchoServer()).pid().orElseThrow();
  }

  /** Starts servers that count. */
  static List<ServerRef<EchoServer.Message>> servers(ProcessSystem system, int count) {
    return IntStream.range(0, count).mapToObj(_ -> system.start(new EchoServer())).toList();
  }
}
