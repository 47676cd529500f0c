package io.roster.core.supervisor;

import io.roster.core.identity.Pid;
import io.roster.core.signal.ExitReason;
import io.roster.core.support.LocalNode;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** A supervisor of either kind, as far as both are asked the same. */
record EitherSupervisor(
    Pid pid,
    Function<ChildSpec, ChildResult> start,
    Function<ChildInfo, ChildResult> terminate,
    Supplier<List<ChildInfo>> list,
    Supplier<Optional<ExitReason>> end) {

  static EitherSupervisor of(SupervisorRef supervisor) {
    return new EitherSupervisor(
        supervisor.pid().orElseThrow(),
        supervisor::startChild,
        child -> supervisor.terminateChild(child.id()),
        supervisor::children,
        () -> supervisor.stop(LocalNode.DEADLINE));
  }

  static EitherSupervisor of(DynamicSupervisorRef supervisor) {
    return new EitherSupervisor(
        supervisor.pid().orElseThrow(),
        supervisor::startChild,
        child -> supervisor.terminateChild(child.pid().orElseThrow()),
        supervisor::children,
        () -> supervisor.stop(LocalNode.DEADLINE));
  }

  ChildResult startChild(ChildSpec spec) {
    return start.apply(spec);
  }

  /** Terminates the child with that id, the first if there are more. */
  ChildResult terminateChild(String id) {
    return terminate.apply(child(id).orElseThrow());
  }

  List<ChildInfo> children() {
    return list.get();
  }

  Optional<ChildInfo> child(String id) {
    return children().stream().filter(child -> child.id().equals(id)).findFirst();
  }

  Optional<ExitReason> stop() {
    return end.get();
  }
}
