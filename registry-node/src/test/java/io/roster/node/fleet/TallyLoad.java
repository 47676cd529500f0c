package io.roster.node.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.core.identity.ProcessName;
import io.roster.core.naming.Via;
import io.roster.core.server.CallResult;
import io.roster.core.server.ServerRef;
import io.roster.node.fleet.FleetCluster.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * One client for each tally, which adds one number after the other and notes what was acknowledged.
 * After a failure it either gives up or repeats the same number.
 */
final class TallyLoad implements AutoCloseable {

  private static final long PAUSE_NANOS = 2_000_000;

  private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<ProcessName, List<Long>> acknowledged = new ConcurrentHashMap<>();
  private final List<String> failures = new CopyOnWriteArrayList<>();
  private final AtomicBoolean isOver = new AtomicBoolean();
  private final Node node;
  private final boolean repeats;

  TallyLoad(Node node, List<ProcessName> names, boolean repeats) {
    this.node = node;
    this.repeats = repeats;
    for (ProcessName name : names) {
      List<Long> numbers = Collections.synchronizedList(new ArrayList<>());
      acknowledged.put(name, numbers);
      var _ = clients.submit(() -> run(name, numbers));
    }
  }

  static ServerRef<Tally.Message> server(Node node, ProcessName name) {
    return ServerRef.of(node.processes, new Via(node.names, name));
  }

  static List<Long> numbers(Node node, ProcessName name) {
    return server(node, name)
        .<List<Long>>call(Tally.Numbers::new, Duration.ofSeconds(10))
        .orElseThrow();
  }

  private void run(ProcessName name, List<Long> numbers) {
    long number = 0;
    while (!isOver.get()) {
      long next = number;
      CallResult<Integer> result =
          server(node, name)
              .call(replyTo -> new Tally.Add(next, replyTo), Duration.ofSeconds(repeats ? 2 : 20));
      switch (result) {
        case CallResult.Replied<Integer> _ -> {
          numbers.add(number);
          number++;
        }
        case CallResult.Failed<Integer>(var failure) -> {
          failures.add(name + ": " + number + ": " + failure);
          if (!repeats) {
            return;
          }
        }
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  int acknowledged() {
    if (!repeats) {
      assertThat(failures).isEmpty();
    }
    return acknowledged.values().stream().mapToInt(List::size).sum();
  }

  /** What was acknowledged, in order. */
  Map<ProcessName, List<Long>> byName() {
    return acknowledged;
  }

  List<String> failures() {
    return failures;
  }

  /** Waits for what is under way. */
  void finish() {
    isOver.set(true);
    clients.close();
  }

  @Override
  public void close() {
    isOver.set(true);
    clients.shutdownNow();
  }
}
