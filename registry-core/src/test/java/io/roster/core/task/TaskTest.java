package io.roster.core.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roster.core.identity.Pid;
import io.roster.core.process.ProcessContext;
import io.roster.core.process.ProcessSystem;
import io.roster.core.server.GenServer;
import io.roster.core.server.Init;
import io.roster.core.server.Next;
import io.roster.core.server.ServerRef;
import io.roster.core.signal.ExitReason;
import io.roster.core.support.LocalNode;
import io.roster.core.support.Probe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TaskTest { // case 124

  private static final Duration LONG = LocalNode.DEADLINE;
  private static final Duration SHORT = Duration.ofMillis(5);

  @RegisterExtension final LocalNode node = new LocalNode();

  private ProcessSystem system() {
    return node.system();
  }

  /** Work that never ends by itself, but can be interrupted. */
  private static Integer forever() throws InterruptedException {
    new CountDownLatch(1).await();
    return 0;
  }

  @Test
  void a_task_computes_a_value() {
    assertThat(Task.async(system(), () -> 6 * 7).await(LONG)).isEqualTo(new TaskResult.Done<>(42));
  }

  @Test
  void many_tasks_are_awaited_in_one_time() {
    node.inProcess(
        self -> {
          List<Task<Integer>> tasks =
              List.of(
                  Task.async(system(), () -> 1),
                  Task.async(system(), TaskTest::forever),
                  Task.async(system(), () -> 3));

          List<Optional<TaskResult<Integer>>> polled = Task.pollAll(tasks, SHORT);
          List<TaskResult<Integer>> results = Task.awaitAll(tasks, SHORT);

          assertThat(polled.get(1)).isEmpty();
          assertThat(results.get(0)).isEqualTo(new TaskResult.Done<>(1));
          assertThat(results.get(1)).isInstanceOf(TaskResult.TimedOut.class);
          assertThat(results.get(2)).isEqualTo(new TaskResult.Done<>(3));
          self.unlink(tasks.get(1).pid());
        });
  }

  /** Keeps what tasks have told it, in a server that never waits for one. */
  private record Collector(Probe<TaskResult<Integer>> seen)
      implements GenServer<Integer, TaskResult<Integer>> {

    @Override
    public Init<Integer> init(ProcessContext self) {
      return Init.ok(0);
    }

    @Override
    public Next<Integer> handle(TaskResult<Integer> result, Integer count) {
      seen.put(result);
      return Next.proceed(count + 1);
    }
  }

  @Test
  void a_result_comes_to_a_server_as_a_message() {
    TaskSupervisorRef tasks = system().start(TaskSupervisor.create());
    var seen = new Probe<TaskResult<Integer>>();
    ServerRef<TaskResult<Integer>> collector = system().start(new Collector(seen));

    tasks.asyncNolink(() -> 42).thenCast(collector, result -> result);
    assertThat(seen.next()).isEqualTo(new TaskResult.Done<>(42));
    Task<Integer> killed = tasks.asyncNolink(TaskTest::forever);
    killed.thenCast(collector, result -> result);
    system().exit(killed.pid(), ExitReason.killed());

    assertThat(seen.next()).isEqualTo(new TaskResult.Exited<>(ExitReason.killed()));
  }

  @Test
  void a_completed_task_runs_nothing() {
    assertThat(Task.completed(system(), 1).await(LONG).orElseThrow()).isEqualTo(1);
  }

  @Test
  void a_late_value_is_dropped() {
    var go = new CountDownLatch(1);
    node.inProcess(
        self -> {
          Task<Integer> task =
              Task.async(
                  system(),
                  () -> {
                    go.await();
                    return 1;
                  });

          assertThat(task.await(SHORT)).isEqualTo(new TaskResult.TimedOut<>(SHORT));
          go.countDown();
          assertThat(system().awaitExit(task.pid(), LONG)).isPresent();
          assertThat(task.await(LONG)).isEqualTo(new TaskResult.TimedOut<>(SHORT));
          assertThat(self.receive(Duration.ZERO)).isEmpty();
        });
  }

  @Test
  void a_poll_leaves_the_task_running() {
    var go = new CountDownLatch(1);
    Task<Integer> task =
        Task.async(
            system(),
            () -> {
              go.await();
              return 1;
            });

    assertThat(task.poll(SHORT)).isEmpty();
    go.countDown();
    assertThat(task.poll(LONG)).contains(new TaskResult.Done<>(1));
  }

  @Test
  void only_the_owner_waits() {
    node.inProcess(
        self -> {
          Task<Integer> task = Task.async(system(), () -> 1);
          var refused = new Probe<Throwable>();
          self.spawn(
              _ -> {
                try {
                  task.await(LONG);
                } catch (IllegalStateException e) {
                  refused.put(e);
                }
              });

          assertThat(refused.next()).hasMessageContaining("expected the task's owner");
        });
  }

  @Test
  void a_task_that_fails_ends_its_owner() {
    var started = new Probe<Pid>();
    Pid owner =
        system()
            .spawn(
                self -> {
                  started.put(self.pid());
                  self.receive();
                  Task.async(
                      system(),
                      () -> {
                        throw new IllegalStateException("no");
                      });
                  self.receive();
                });
    var watch = system().watchExit(started.next());
    system().send(owner, "go");

    assertThat(watch.await(LONG))
        .contains(new ExitReason.Crashed("java.lang.IllegalStateException: no"));
  }

  @Test
  void a_shutdown_stops_and_has_nothing_to_tell() {
    Task<Integer> task = Task.async(system(), TaskTest::forever);

    assertThat(task.shutdown()).isEmpty();
    assertThat(system().isAlive(task.pid())).isFalse();
  }

  @Test
  void a_shutdown_tells_a_value_that_has_come() {
    Task<Integer> task = Task.async(system(), () -> 1);
    system().awaitExit(task.pid(), LONG);

    assertThat(task.shutdown()).contains(new TaskResult.Done<>(1));
  }

  @Test
  void a_shutdown_that_takes_too_long_kills() {
    Task<Integer> task =
        Task.async(
            system(),
            () -> {
              system().current().orElseThrow().trapExits(true);
              return forever();
            });
    LocalNode.eventually(
        "it traps", () -> system().info(task.pid()).filter(info -> info.trapsExits()).isPresent());

    assertThat(task.shutdown(SHORT)).contains(new TaskResult.Exited<>(ExitReason.killed()));
  }

  @Test
  void a_task_that_returns_null_says_what_was_expected() {
    TaskResult<Object> result = Task.async(system(), () -> nothing()).await(LONG);

    assertThat(result.toString()).contains("expected a task to return a value, got: null");
  }

  @SuppressWarnings("NullAway") // what unchecked callers do
  private static Object nothing() {
    return null;
  }

  @Nested
  @DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
  class Supervised {

    private TaskSupervisorRef start() {
      return system().start(TaskSupervisor.create());
    }

    @Test
    void a_failure_without_a_link_is_a_result_and_nothing_more() {
      TaskSupervisorRef tasks = start();

      node.inProcess(
          _ -> {
            Task<Integer> task =
                tasks.asyncNolink(
                    () -> {
                      throw new IllegalStateException("no");
                    });

            assertThat(task.await(LONG))
                .isEqualTo(
                    new TaskResult.Exited<>(
                        new ExitReason.Crashed("java.lang.IllegalStateException: no")));
          });
    }

    @Test
    void a_failure_with_a_link_ends_the_owner() {
      TaskSupervisorRef tasks = start();
      var started = new Probe<Pid>();
      Pid owner =
          system()
              .spawn(
                  self -> {
                    started.put(self.pid());
                    self.receive();
                    tasks.async(
                        () -> {
                          throw new IllegalStateException("no");
                        });
                    self.receive();
                  });
      var watch = system().watchExit(started.next());
      system().send(owner, "go");

      assertThat(watch.await(LONG))
          .contains(new ExitReason.Crashed("java.lang.IllegalStateException: no"));
      assertThat(system().isAlive(tasks.supervisor().pid().orElseThrow())).isTrue();
    }

    @Test
    void tasks_end_with_their_supervisor() {
      TaskSupervisorRef tasks = start();
      Task<Integer> task = tasks.asyncNolink(TaskTest::forever);
      assertThat(tasks.active()).isOne();

      tasks.supervisor().stop(LONG);

      assertThat(task.await(LONG)).isEqualTo(new TaskResult.Exited<>(ExitReason.shutdown()));
    }

    @Test
    void no_more_tasks_than_allowed() {
      TaskSupervisorRef tasks = system().start(TaskSupervisor.create().withTasksMax(0));

      assertThatThrownBy(() -> tasks.async(() -> 1))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("MaxChildren[childrenMax=0]");
    }

    @Test
    void a_child_nobody_waits_for_is_restarted_as_asked() {
      TaskSupervisorRef tasks = start();
      var runs = new Probe<Integer>();
      var count = new AtomicInteger();

      tasks.startChild(
          self -> {
            runs.put(count.incrementAndGet());
            if (count.get() < 3) {
              throw new IllegalStateException("again");
            }
            self.receive();
          },
          io.roster.core.supervisor.Restart.TRANSIENT);

      assertThat(runs.next(3)).containsExactly(1, 2, 3);
    }
  }

  @Nested
  @DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
  class Streams {

    private final List<Integer> inputs = java.util.stream.IntStream.range(0, 50).boxed().toList();

    private <T> List<T> values(TaskStream<Integer, T> stream) {
      var values = new ArrayList<T>();
      stream.forEachRemaining(item -> values.add(item.result().orElseThrow()));
      return values;
    }

    @Test
    void an_ordered_stream_gives_results_in_the_order_of_its_inputs() {
      TaskSupervisorRef tasks = system().start(TaskSupervisor.create());

      assertThat(values(tasks.stream(inputs, i -> i * i, StreamOptions.defaults())))
          .isEqualTo(inputs.stream().map(i -> i * i).toList());
    }

    @Test
    void an_unordered_stream_gives_results_as_they_come() {
      TaskSupervisorRef tasks = system().start(TaskSupervisor.create());
      var last = new CountDownLatch(1);

      TaskStream<Integer, Integer> stream =
          tasks.stream(
              List.of(0, 1),
              i -> i == 0 ? await(last) : i,
              StreamOptions.defaults().withConcurrencyMax(2).unordered());

      assertThat(stream.next().input()).isEqualTo(1);
      last.countDown();
      assertThat(stream.next().input()).isZero();
    }

    @Test
    void no_more_tasks_run_at_one_time_than_allowed() {
      TaskSupervisorRef tasks = system().start(TaskSupervisor.create());
      var now = new AtomicInteger();
      var most = new AtomicInteger();

      values(
          tasks.stream(
              inputs,
              i -> {
                most.accumulateAndGet(now.incrementAndGet(), Math::max);
                now.decrementAndGet();
                return i;
              },
              StreamOptions.defaults().withConcurrencyMax(3)));

      assertThat(most.get()).isBetween(1, 3);
    }

    @Test
    void a_task_that_takes_too_long_is_killed_and_its_input_is_told() {
      TaskSupervisorRef tasks = system().start(TaskSupervisor.create());

      for (StreamOptions options :
          List.of(StreamOptions.defaults(), StreamOptions.defaults().unordered())) {
        TaskStream<Integer, Integer> stream =
            tasks.stream(
                List.of(7), _ -> await(new CountDownLatch(1)), options.withTimeout(SHORT).nolink());

        assertThat(stream.next())
            .isEqualTo(new TaskStream.Item<>(7, new TaskResult.TimedOut<>(SHORT)));
        assertThat(stream.hasNext()).isFalse();
        LocalNode.eventually("nothing runs", () -> tasks.active() == 0);
      }
    }

    @Test
    void a_failing_task_is_told_with_its_input() {
      TaskSupervisorRef tasks = system().start(TaskSupervisor.create());
      TaskStream<Integer, Integer> stream =
          tasks.stream(List.of(1, 0, 2), i -> 2 / i, StreamOptions.defaults().nolink());

      var results = new ArrayList<TaskStream.Item<Integer, Integer>>();
      stream.forEachRemaining(results::add);

      assertThat(results).extracting(TaskStream.Item::input).containsExactly(1, 0, 2);
      assertThat(results.get(1).result()).isInstanceOf(TaskResult.Exited.class);
      assertThat(results.get(2).result()).isEqualTo(new TaskResult.Done<>(1));
    }

    @Test
    void a_closed_stream_leaves_nothing_running() {
      TaskSupervisorRef tasks = system().start(TaskSupervisor.create());
      var first = new AtomicInteger();
      try (TaskStream<Integer, Integer> stream =
          tasks.stream(
              inputs,
              i -> first.getAndIncrement() == 0 ? i : await(new CountDownLatch(1)),
              StreamOptions.defaults().withConcurrencyMax(8).unordered().nolink())) {
        stream.next();
      }

      LocalNode.eventually("nothing runs", () -> tasks.active() == 0);
    }

    private static Integer await(CountDownLatch latch) {
      try {
        assertThat(latch.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return 0;
      } catch (InterruptedException e) {
        throw new IllegalStateException("interrupted", e);
      }
    }
  }

  @Test
  void a_plain_child_is_what_its_owner_sees() {
    node.inProcess(
        self -> {
          Task<Pid> task =
              Task.async(
                  system(), () -> system().current().flatMap(ProcessContext::parent).orElseThrow());

          assertThat(task.await(LONG).orElseThrow()).isEqualTo(self.pid());
        });
  }
}
