package io.roster.core.supervisor;

import io.roster.core.identity.Pid;
import io.roster.core.server.Init;
import io.roster.core.signal.ExitReason;
import io.roster.core.supervisor.TestWorker.Event;
import io.roster.core.support.LocalNode;
import io.roster.core.support.Probe;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A node, and supervisors on it whose children tell what happens to them. */
abstract class SupervisorCase {

  static final ExitReason BOOM = new ExitReason.Crashed("boom");

  static final Duration LONG = LocalNode.DEADLINE;

  @RegisterExtension final LocalNode node = new LocalNode();

  final Probe<Event> events = new Probe<>();

  ChildSpec worker(String id) {
    return ChildSpec.worker(id, () -> new TestWorker(id, events));
  }

  ChildSpec trapping(String id) {
    return ChildSpec.worker(id, () -> new TestWorker(id, events, true, () -> Init.ok(id)));
  }

  /** Hears nothing, interruption least of all, until it is let go. */
  ChildSpec deaf(AtomicBoolean release) {
    return ChildSpec.worker(
        "deaf",
        () ->
            new TestWorker(
                "deaf",
                events,
                true,
                () -> Init.ok("deaf").thenContinue(new TestWorker.Block(release))));
  }

  SupervisorRef start(Supervisor supervisor) {
    return node.system().start(supervisor);
  }

  EitherSupervisor start(boolean dynamic, RestartLimit limit) {
    return dynamic
        ? EitherSupervisor.of(node.system().start(DynamicSupervisor.create().withLimit(limit)))
        : EitherSupervisor.of(start(Supervisor.oneForOne().withLimit(limit)));
  }

  EitherSupervisor start(boolean dynamic) {
    return start(dynamic, RestartLimit.DEFAULT);
  }

  Pid pid(SupervisorRef supervisor, String id) {
    return supervisor.child(id).flatMap(ChildInfo::pid).orElseThrow();
  }

  void end(SupervisorRef supervisor, String id, ExitReason reason) {
    TestWorker.end(node, supervisor.child(id).orElseThrow(), reason);
  }
}
