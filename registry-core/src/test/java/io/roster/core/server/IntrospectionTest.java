package io.roster.core.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.core.identity.Pid;
import io.roster.core.process.ProcessContext;
import io.roster.core.process.ProcessInfo;
import io.roster.core.process.ProcessReport;
import io.roster.core.process.StartOptions;
import io.roster.core.process.TraceEvent;
import io.roster.core.signal.ExitReason;
import io.roster.core.support.LocalNode;
import io.roster.core.support.Probe;
import io.roster.core.task.Task;
import io.roster.core.task.TaskSupervisor;
import io.roster.core.task.TaskSupervisorRef;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class IntrospectionTest {

  private static final Duration LONG = LocalNode.DEADLINE;

  @RegisterExtension final LocalNode node = new LocalNode();

  @Test
  void the_state_of_a_server_is_seen_between_two_messages() {
    ServerRef<Tape.Message> server = node.system().start(new Tape());
    Pid pid = server.pid().orElseThrow();
    server.cast(new Tape.Note("seen"));

    assertThat(node.system().state(pid, LONG)).contains(List.of("seen"));
  }

  @Test
  void who_has_no_state_shows_none() {
    Pid plain = node.system().spawn(ProcessContext::receive);

    assertThat(node.system().state(plain, LONG)).isEmpty();
  }

  @Test
  void a_suspended_server_shows_no_state_in_time() {
    ServerRef<Tape.Message> server = node.system().start(new Tape());
    Pid pid = server.pid().orElseThrow();
    node.system().suspend(pid);

    assertThat(node.system().state(pid, Duration.ofMillis(5))).isEmpty();
    assertThat(node.system().info(pid).orElseThrow().watchers()).isZero();
    node.system().resume(pid);
    assertThat(node.system().state(pid, LONG)).isPresent();
  }

  @Test
  void information_tells_names_mailbox_and_what_runs() {
    ServerRef<Tape.Message> server = node.system().start(new Tape(), StartOptions.named("tape"));
    Pid pid = server.pid().orElseThrow();
    server.call(Tape.Read::new, LONG);
    node.system().suspend(pid);
    server.cast(new Tape.Note(1));
    server.cast(new Tape.Note(2));

    ProcessInfo info = node.system().info(pid).orElseThrow();

    assertThat(info.label()).isEqualTo("Tape");
    assertThat(info.names()).extracting(Object::toString).containsExactly("tape");
    assertThat(info.mailboxLength()).isEqualTo(2);
    assertThat(info.status()).isEqualTo(ProcessInfo.Status.SUSPENDED);
    assertThat(info.handled()).isPositive();
    node.system().resume(pid);
  }

  @Test
  void a_server_shows_for_whom_it_works() {
    ServerRef<Tape.Message> server = node.system().start(new Tape());
    Pid pid = server.pid().orElseThrow();
    var seen = new Probe<List<Pid>>();
    Pid caller =
        node.system()
            .spawn(
                _ ->
                    server.call(
                        replyTo ->
                            new Tape.Do<>(
                                reply -> {
                                  seen.put(node.system().info(pid).orElseThrow().callers());
                                  reply.reply(true);
                                  return Next.proceed(List.of());
                                },
                                replyTo),
                        LONG));

    assertThat(seen.next()).containsExactly(caller);
  }

  @Test
  void information_tells_the_call_that_is_handled_and_how_long_handlers_ran() {
    ServerRef<Tape.Message> server = node.system().start(new Tape());
    Pid pid = server.pid().orElseThrow();
    var during = new Probe<Optional<Object>>();

    server.call(
        replyTo ->
            new Tape.Do<>(
                reply -> {
                  during.put(node.system().info(pid).orElseThrow().currentCall());
                  reply.reply(true);
                  return Next.proceed(List.of());
                },
                replyTo),
        LONG);

    assertThat(during.next()).containsInstanceOf(Tape.Do.class);
    LocalNode.eventually(
        "it has handled the call and counted its time",
        () -> {
          ProcessInfo info = node.system().info(pid).orElseThrow();
          return info.currentCall().isEmpty() && info.handled() == 1 && info.busyNanos() > 0;
        });
  }

  @Test
  void information_tells_links_monitors_and_lineage() {
    node.inProcess(
        self -> {
          Pid child = self.spawnLink(own -> own.receive());
          self.monitor(child);

          ProcessInfo ours = node.system().info(self.pid()).orElseThrow();
          ProcessInfo its = node.system().info(child).orElseThrow();

          assertThat(ours.links()).containsExactly(child);
          assertThat(ours.monitors()).isOne();
          assertThat(its.links()).containsExactly(self.pid());
          assertThat(its.watchers()).isOne();
          assertThat(its.ancestors()).containsExactly(self.pid());
          self.unlink(child);
        });
  }

  @Test
  void a_crash_report_tells_for_whom_a_task_ran() {
    TaskSupervisorRef tasks = node.system().start(TaskSupervisor.create());
    node.inProcess(
        self -> {
          Task<Boolean> task =
              tasks.asyncNolink(
                  () -> {
                    throw new IllegalStateException("no");
                  });
          task.await(LONG);

          assertThat(node.reports())
              .filteredOn(ProcessReport.Crashed.class::isInstance)
              .singleElement()
              .isInstanceOfSatisfying(
                  ProcessReport.Crashed.class,
                  crash -> {
                    assertThat(crash.callers()).containsExactly(self.pid());
                    assertThat(crash.ancestors())
                        .first()
                        .isEqualTo(tasks.supervisor().pid().orElseThrow());
                  });
        });
  }

  @Test
  void a_trace_shows_each_step_of_one_process() {
    ServerRef<Tape.Message> server = node.system().start(new Tape());
    Pid pid = server.pid().orElseThrow();
    var seen = new Probe<TraceEvent>();
    node.system().trace(pid, seen::put);
    var note = new Tape.Note(1);

    server.cast(note);

    assertThat(seen.next()).isEqualTo(new TraceEvent.Took(pid, note));
    assertThat(seen.next()).isInstanceOf(TraceEvent.Handled.class);
    node.system().exit(pid, ExitReason.killed());
    assertThat(seen.next()).isEqualTo(new TraceEvent.Ended(pid, ExitReason.killed()));
  }

  @Test
  void a_tracer_that_throws_disturbs_nobody() {
    ServerRef<Tape.Message> server = node.system().start(new Tape());
    node.system()
        .trace(
            server.pid().orElseThrow(),
            _ -> {
              throw new IllegalStateException("bad tracer");
            });

    assertThat(server.call(Tape.Read::new, LONG).orElseThrow()).isEmpty();
    node.system().stopTrace(server.pid().orElseThrow());
  }
}
