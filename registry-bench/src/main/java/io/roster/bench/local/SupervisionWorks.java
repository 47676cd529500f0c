package io.roster.bench.local;

import io.roster.bench.EchoServer;
import io.roster.bench.Effort;
import io.roster.bench.Goal;
import io.roster.bench.Group;
import io.roster.bench.Stage;
import io.roster.bench.Unit;
import io.roster.bench.Work;
import io.roster.bench.beam.BeamPeer;
import io.roster.core.identity.Pid;
import io.roster.core.identity.ProcessName;
import io.roster.core.naming.Via;
import io.roster.core.process.ProcessSystem;
import io.roster.core.process.StartOptions;
import io.roster.core.registry.UniqueRegistry;
import io.roster.core.signal.ExitReason;
import io.roster.core.supervisor.ChildResult;
import io.roster.core.supervisor.ChildSpec;
import io.roster.core.supervisor.DynamicSupervisor;
import io.roster.core.supervisor.DynamicSupervisorRef;
import io.roster.core.supervisor.Restart;
import io.roster.core.supervisor.RestartLimit;
import io.roster.core.task.Task;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/** Children that are started, stopped and restarted, and tasks. */
final class SupervisionWorks {

  private static final int CHILDREN = 50_000;
  private static final int TASKS = 50_000;
  private static final int KILLS = 2_000;
  private static final double MICROS_PER_SECOND = 1e6;

  /** More than can be restarted: a supervisor that gives up would be measured for ever. */
  private static final RestartLimit OFTEN =
      RestartLimit.of(Integer.MAX_VALUE, Duration.ofSeconds(5));

  private static final ChildSpec TEMPORARY =
      ChildSpec.worker("child", EchoServer::new).withRestart(Restart.TEMPORARY);

  private SupervisionWorks() {}

  static Group group() {
    return new Group(
        "supervision",
        List.of(
            Work.rate("dynamic child started and terminated", effort -> children(effort, false))
                .beside(BeamPeer.ELIXIR, "dynamic_child", 5),
            Work.rate("dynamic child named through the registry", effort -> children(effort, true))
                .beside(BeamPeer.ELIXIR, "dynamic_child_named", 5),
            Work.rate("task async and await", SupervisionWorks::tasks)
                .beside(BeamPeer.ELIXIR, "task", 3),
            Work.of(
                    "kill to restarted and registered again",
                    Unit.MICROSECONDS,
                    SupervisionWorks::restarts)
                .beside(BeamPeer.ELIXIR, "restart", new Goal.AtMost(60))));
  }

  private static double children(Effort effort, boolean named) throws Exception {
    int count = effort.count(CHILDREN);
    try (var system = Stage.system()) {
      var names = UniqueRegistry.ofNames(system);
      IntFunction<ChildSpec> specs =
          named
              ? i -> TEMPORARY.named(new Via(names, new ProcessName("child-" + i)))
              : _ -> TEMPORARY;
      var supervisor = system.start(DynamicSupervisor.create().withLimit(OFTEN));
      return effort.perSecond(
          count, () -> Stage.run(system, _ -> startAndStop(supervisor, count, specs)));
    }
  }

  private static void startAndStop(
      DynamicSupervisorRef supervisor, int count, IntFunction<ChildSpec> specs) {
    var children = new Pid[count];
    for (int i = 0; i < count; i++) {
      children[i] = supervisor.startChild(specs.apply(i)).orElseThrow();
    }
    for (Pid child : children) {
      ChildResult result = supervisor.terminateChild(child);
      if (!(result instanceof ChildResult.Done)) {
        throw new IllegalStateException("expected the child to be stopped, got: " + result);
      }
    }
  }

  private static double tasks(Effort effort) throws Exception {
    int count = effort.count(TASKS);
    try (var system = Stage.system()) {
      return effort.perSecond(
          count,
          () ->
              Stage.run(
                  system,
                  _ -> {
                    for (int i = 0; i < count; i++) {
                      var _ = Task.async(system, () -> 1).await(Stage.PATIENCE).orElseThrow();
                    }
                  }));
    }
  }

  private static double restarts(Effort effort) throws Exception {
    int count = effort.count(KILLS);
    try (var system = Stage.system()) {
      var names = UniqueRegistry.ofNames(system);
      var via = new Via(names, new ProcessName("restarted"));
      var supervisor = system.start(DynamicSupervisor.create().withLimit(OFTEN));
      var _ =
          supervisor
              .startChild(
                  ChildSpec.worker("restarted", EchoServer::new)
                      .withOptions(StartOptions.named(via)))
              .orElseThrow();
      return MICROS_PER_SECOND
          / effort.perSecond(count, () -> Stage.run(system, _ -> kill(system, via, count)));
    }
  }

  /** Kills one after the other, and looks the name up until another process has it. */
  private static void kill(ProcessSystem system, Via via, int count) {
    for (int i = 0; i < count; i++) {
      Pid pid = via.registry().whereis(via.name()).orElseThrow();
      system.exit(pid, ExitReason.killed());
      Optional<Pid> holder = via.registry().whereis(via.name());
      while (holder.isEmpty() || holder.get().equals(pid)) {
        Thread.onSpinWait();
        holder = via.registry().whereis(via.name());
      }
    }
  }
}
