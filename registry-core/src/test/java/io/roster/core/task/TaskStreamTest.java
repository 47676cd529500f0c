package io.roster.core.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.roster.core.identity.Pid;
import io.roster.core.process.ProcessSystem;
import io.roster.core.process.Request;
import io.roster.core.signal.ExitReason;
import io.roster.core.support.LocalNode;
import io.roster.core.support.Probe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What tasks of a stream do while their reader does something else, or nothing any more. */
@Timeout(60)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TaskStreamTest {

  private static final Duration LONG = LocalNode.DEADLINE;
  private static final Duration SHORT = Duration.ofMillis(5);

  @RegisterExtension final LocalNode node = new LocalNode();

  private ProcessSystem system() {
    return node.system();
  }

  static Stream<StreamOptions> everyKind() {
    StreamOptions two = StreamOptions.defaults().withConcurrencyMax(2);
    return Stream.of(two, two.unordered(), two.nolink(), two.unordered().nolink());
  }

  /** Is done at once with zero, never with anything else. */
  private static int work(int input) {
    try {
      if (input != 0) {
        new CountDownLatch(1).await();
      }
      return input;
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static void nothingRuns(TaskSupervisorRef tasks) {
    LocalNode.eventually("nothing runs", () -> tasks.active() == 0);
  }

  @ParameterizedTest
  @MethodSource("everyKind")
  void a_task_is_killed_in_its_time_while_its_reader_is_elsewhere(StreamOptions options) {
    TaskSupervisorRef tasks = system().start(TaskSupervisor.create());

    node.inProcess(
        _ -> {
          var stream =
              tasks.stream(List.of(0, 1, 2), TaskStreamTest::work, options.withTimeout(SHORT));
          var items = new ArrayList<TaskStream.Item<Integer, Integer>>();
          items.add(stream.next());

          nothingRuns(tasks);
          stream.forEachRemaining(items::add);

          assertThat(items)
              .contains(
                  new TaskStream.Item<>(1, new TaskResult.TimedOut<>(SHORT)),
                  new TaskStream.Item<>(2, new TaskResult.TimedOut<>(SHORT)));
        });
  }

  @ParameterizedTest
  @MethodSource("everyKind")
  void the_tasks_end_with_a_reader_that_ends_as_it_should(StreamOptions options) {
    TaskSupervisorRef tasks = system().start(TaskSupervisor.create());

    node.inProcess(_ -> tasks.stream(List.of(0, 1), TaskStreamTest::work, options).next());

    nothingRuns(tasks);
  }

  @ParameterizedTest
  @MethodSource("everyKind")
  void the_tasks_end_with_a_reader_that_is_killed_while_it_waits(StreamOptions options) {
    TaskSupervisorRef tasks = system().start(TaskSupervisor.create());
    Pid reader =
        system().spawn(_ -> tasks.stream(List.of(1, 2), TaskStreamTest::work, options).next());
    LocalNode.eventually("both run", () -> tasks.active() == 2);

    system().exit(reader, ExitReason.killed());

    nothingRuns(tasks);
  }

  @ParameterizedTest
  @MethodSource("everyKind")
  void a_task_whose_reader_ended_during_its_start_does_no_work(StreamOptions options) {
    TaskSupervisorRef tasks = system().start(TaskSupervisor.create());
    Pid supervisor = tasks.supervisor().pid().orElseThrow();
    var worked = new Probe<Integer>();
    system().suspend(supervisor);
    Pid reader =
        system()
            .spawn(
                _ ->
                    tasks.stream(
                            List.of(1),
                            input -> {
                              worked.put(input);
                              return work(input);
                            },
                            options)
                        .next());
    LocalNode.eventually(
        "the supervisor is asked",
        () -> system().info(supervisor).orElseThrow().mailboxLength() == 1);

    system().exit(reader, ExitReason.killed());
    system().resume(supervisor);

    // Asked after the reader, so what it counts has begun.
    nothingRuns(tasks);
    assertThat(worked.all()).isEmpty();
  }

  @Test
  void a_task_that_was_given_up_before_it_began_ends_without_a_trace_in_its_reader() {
    node.inProcess(
        self -> {
          var task = new StreamedTask<>(system(), 1, LONG);
          task.whenEnded(_ -> {});
          task.request().cancel();

          Pid pid = self.spawnLink(_ -> task.begin());

          assertThat(system().awaitExit(pid, LONG)).isPresent();
        });
  }

  @Test
  void a_task_that_begins_after_the_end_of_its_reader_is_given_up() {
    var made = new Probe<StreamedTask<Integer>>();
    Pid reader = system().spawn(_ -> made.put(new StreamedTask<>(system(), 1, LONG)));
    StreamedTask<Integer> task = made.next();
    system().awaitExit(reader, LONG);

    Pid pid = system().spawn(_ -> task.begin());

    assertThat(system().awaitExit(pid, LONG)).isPresent();
    assertThat(task.request().outcome()).contains(new Request.Outcome.Cancelled());
  }

  @Test
  void a_task_ends_whose_reader_was_interrupted_during_its_start() {
    TaskSupervisorRef tasks = system().start(TaskSupervisor.create());
    Pid supervisor = tasks.supervisor().pid().orElseThrow();
    system().suspend(supervisor);
    var refused = new Probe<Throwable>();
    var stream = tasks.stream(List.of(1), TaskStreamTest::work, StreamOptions.defaults());
    Thread reader = Thread.ofVirtual().start(() -> refused.put(catchThrowable(stream::next)));
    LocalNode.eventually(
        "the supervisor is asked",
        () -> system().info(supervisor).orElseThrow().mailboxLength() == 1);

    reader.interrupt();
    assertThat(refused.next()).isInstanceOf(IllegalStateException.class);
    system().resume(supervisor);

    nothingRuns(tasks);
  }

  @Test
  void a_stream_that_was_closed_can_be_read_on() {
    TaskSupervisorRef tasks = system().start(TaskSupervisor.create());
    StreamOptions options = StreamOptions.defaults().withConcurrencyMax(2).unordered();
    var stream = tasks.stream(List.of(0, 1, 0), TaskStreamTest::work, options);
    stream.next();

    stream.close();

    assertThat(stream.next()).isEqualTo(new TaskStream.Item<>(0, new TaskResult.Done<>(0)));
    assertThat(stream.hasNext()).isFalse();
    nothingRuns(tasks);
  }
}
