package io.roster.net.membership.udp;

import static org.awaitility.Awaitility.await;

import io.roster.core.identity.NodeName;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class FaultsIT {

  /** Nobody is there. */
  private static final InetSocketAddress NOBODY = GossipNodes.loopback(9);

  private final CountDownLatch over = new CountDownLatch(1);

  @Test
  void a_fault_costs_neither_what_else_is_to_be_done_nor_the_next_wake_up(@TempDir Path directory)
      throws Exception {
    try (var nodes = new GossipNodes()) {
      var other = nodes.start("a", 1, 0).self().gossipAddress();
      Files.write(
          directory.resolve("gossip-b.txt"),
          List.of("member 127.0.0.1 9", "member 127.0.0.1 " + other.getPort()));
      var faults = new AtomicInteger();

      nodes.start(
          "b",
          1,
          0,
          settings ->
              settings
                  .withMemory(new NodeMemory(directory, new NodeName("b")))
                  .withSeeds(this::nothing)
                  .withLinkFilter(
                      (_, peer) -> {
                        if (peer.equals(NOBODY)) {
                          faults.incrementAndGet();
                          throw new IllegalStateException("a fault");
                        }
                        return true;
                      }));

      nodes.awaitUp("a", "b");
      await().atMost(GossipNodes.PATIENCE).until(() -> faults.get() >= 3);
      over.countDown();
    }
  }

  /** Never answers: what discovery finds would wake the machine as well. */
  private List<InetSocketAddress> nothing() {
    try {
      over.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return List.of();
  }
}
