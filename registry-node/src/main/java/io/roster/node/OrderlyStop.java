package io.roster.node;

import io.roster.core.identity.Pid;
import io.roster.core.process.ProcessInfo;
import io.roster.core.process.ProcessSystem;
import io.roster.core.signal.ExitReason;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops the processes of a leaving node the way supervisors do: those that nobody of this node
 * started, the latest first, each with its whole tree and time to put its things in order. What
 * does not stop in time is killed when the system closes. Stateless.
 */
final class OrderlyStop {

  private static final Logger LOG = LoggerFactory.getLogger(OrderlyStop.class);

  private OrderlyStop() {}

  /** Stops them, all together within {@code patience}. Blocks. */
  static void stopRoots(ProcessSystem system, Duration patience) {
    var reason = new ExitReason.NodeLeaving(system.node().name());
    long deadline = System.nanoTime() + patience.toNanos();
    for (Pid root : roots(system)) {
      var rest = Duration.ofNanos(deadline - System.nanoTime());
      if (!rest.isPositive() || system.stop(root, reason, rest).isEmpty()) {
        LOG.warn(
            "{}: not every process has stopped within {} s", system.node(), patience.toSeconds());
        return;
      }
    }
  }

  private static List<Pid> roots(ProcessSystem system) {
    return system.processes().stream()
        .map(system::info)
        .flatMap(Optional::stream)
        .filter(info -> info.ancestors().isEmpty())
        .map(ProcessInfo::pid)
        .sorted(Comparator.reverseOrder())
        .toList();
  }
}
