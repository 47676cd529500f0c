package io.roster.core.support;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import io.roster.core.identity.Pid;
import io.roster.core.process.Limits;
import io.roster.core.process.ProcessBody;
import io.roster.core.process.ProcessSystem;
import io.roster.core.process.Report;
import io.roster.core.process.SystemStats;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import jdk.management.VirtualThreadSchedulerMXBean;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * One node for one test. Afterwards no tie may lead nowhere, and once all processes have ended
 * nothing may be left of them: name, alias, tie or timer.
 */
public final class LocalNode implements AfterEachCallback {

  /** Long enough for a machine that does other things as well; nothing waits for it to pass. */
  public static final Duration DEADLINE = Duration.ofSeconds(30);

  private final List<Report> reports = new CopyOnWriteArrayList<>();
  private final WatchedTimers timers = new WatchedTimers();
  private final ProcessSystem system;
  private boolean zombiesAllowed;

  public LocalNode() {
    this(Limits.DEFAULT);
  }

  public LocalNode(Limits limits) {
    system =
        ProcessSystem.builder(new NodeId(new NodeName("a"), 1))
            .reporter(reports::add)
            .limits(limits)
            .timers(timers)
            .build();
  }

  public ProcessSystem system() {
    return system;
  }

  public List<Report> reports() {
    return reports;
  }

  /** For tests whose processes ignore interruption until the test lets them go. */
  public void allowZombies() {
    zombiesAllowed = true;
  }

  /** Runs {@code body} as a process and fails as it fails. */
  public void inProcess(ProcessBody body) {
    var outcome = new CompletableFuture<Boolean>();
    system.spawn(
        self -> {
          try {
            body.run(self);
            outcome.complete(true);
          } catch (Throwable thrown) {
            outcome.completeExceptionally(thrown);
            throw thrown;
          }
        });
    try {
      outcome.get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new AssertionError("the process failed", e.getCause());
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError("the process did not end: " + e, e);
    }
  }

  /** Starts a process that takes every message and ends when it is told to. */
  public Pid forever() {
    return system.spawn(
        self -> {
          while (true) {
            self.receive();
          }
        });
  }

  /** Waits until {@code condition} holds. */
  public static void eventually(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + DEADLINE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("still not so: " + what + "; " + carriers());
      }
      // A look now and then, so that what is waited for gets the processor.
      LockSupport.parkNanos(50_000);
    }
  }

  /** Whether the JDK's scheduler has carriers left, which a test that waits in vain may lack. */
  private static String carriers() {
    var scheduler = ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class);
    return "the JDK's carriers: %d of %d, %d at work, %d virtual threads wait for one"
        .formatted(
            scheduler.getPoolSize(),
            scheduler.getParallelism(),
            scheduler.getMountedVirtualThreadCount(),
            scheduler.getQueuedVirtualThreadCount());
  }

  /** Waits until no tie of {@code system} leads nowhere. */
  static void auditOf(ProcessSystem system) {
    long end = System.nanoTime() + DEADLINE.toNanos();
    var found = system.audit();
    // What ends at this moment is being cleared away.
    while (!found.isEmpty() && System.nanoTime() < end) {
      LockSupport.parkNanos(50_000);
      found = system.audit();
    }
    assertThat(found).as("ties that lead nowhere").isEmpty();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    auditOf(system);
    system.close();
    if (!zombiesAllowed) {
      eventually("no zombie is left", () -> system.stats().zombies() == 0);
    }
    // Whoever was ending when the system was closed goes on with that, on its own thread.
    eventually("no process is left", () -> system.stats().processes() == 0);
    SystemStats left = system.stats();
    assertThat(left.processes()).as("processes left").isZero();
    assertThat(left.names()).as("names left").isZero();
    assertThat(left.aliases()).as("aliases left").isZero();
    assertThat(left.remoteTies()).as("remote links and monitors left").isZero();
    assertThat(timers.running()).as("timers left").isEmpty();
    timers.close();
  }

  /** A process that traps exits, and tells {@code seen} of all that it receives. */
  public Pid trapping(Probe<Object> seen) {
    var ready = new Probe<Boolean>();
    Pid pid =
        system()
            .spawn(
                self -> {
                  self.trapExits(true);
                  ready.put(true);
                  while (true) {
                    seen.put(self.receive());
                  }
                });
    ready.next();
    return pid;
  }
}
