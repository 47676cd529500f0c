package io.roster.core.stress;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.core.identity.Alias;
import io.roster.core.identity.Pid;
import io.roster.core.identity.ProcessName;
import io.roster.core.naming.Registration;
import io.roster.core.process.ProcessContext;
import io.roster.core.process.ProcessSystem;
import io.roster.core.process.Request;
import io.roster.core.process.SendResult;
import io.roster.core.process.StartOptions;
import io.roster.core.signal.ExitReason;
import io.roster.core.signal.Signal;
import io.roster.core.support.LocalNode;
import io.roster.core.support.Probe;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(120)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RacesTest {

  private static final Duration LONG = LocalNode.DEADLINE;

  @RegisterExtension final LocalNode node = new LocalNode();

  private final Race race = new Race();

  private ProcessSystem system() {
    return node.system();
  }

  @Test
  void no_message_is_lost_or_taken_twice_between_many_senders_and_one_idle_server() {
    var sum = new AtomicLong();
    var handled = new AtomicInteger();
    var server =
        system()
            .start(
                new Adder(
                    amount -> {
                      sum.addAndGet(amount);
                      handled.incrementAndGet();
                    }));
    int senders = 8;
    int each = 20_000;
    for (int s = 0; s < senders; s++) {
      system()
          .spawn(
              _ -> {
                for (int i = 1; i <= each; i++) {
                  server.cast((long) i);
                }
              });
    }

    LocalNode.eventually("all are handled", () -> handled.get() == senders * each);
    assertThat(sum.get()).isEqualTo(senders * ((long) each * (each + 1) / 2));
  }

  @Test
  void a_monitor_that_races_with_an_end_fires_exactly_once() {
    node.inProcess(
        self -> {
          for (int i = 0; i < race.rounds(); i++) {
            Pid other = node.forever();
            var downs = new Probe<Signal.Down>();
            Pid watcher =
                system()
                    .spawn(
                        own -> {
                          own.receive(String.class);
                          own.monitor(other);
                          downs.put(own.receive(Signal.Down.class));
                          own.receive(String.class);
                          assertThat(own.receive(Signal.Down.class, Duration.ZERO)).isEmpty();
                          downs.put(
                              new Signal.Down(own.monitor(other), other, ExitReason.normal()));
                        });

            race.run(
                () -> system().exit(other, ExitReason.killed()),
                () -> system().send(watcher, "go"));

            assertThat(downs.next().reason())
                .as(race.toString())
                .isIn(ExitReason.killed(), ExitReason.noProcess());
            system().send(watcher, "checked");
            downs.next();
          }
        });
  }

  @Test
  void a_link_that_races_with_an_end_breaks_exactly_once() {
    for (int i = 0; i < race.rounds(); i++) {
      Pid other = node.forever();
      var exits = new Probe<Signal.Exit>();
      Pid linking =
          system()
              .spawn(
                  own -> {
                    own.trapExits(true);
                    own.receive(String.class);
                    own.link(other);
                    exits.put(own.receive(Signal.Exit.class));
                    assertThat(own.receive(Signal.Exit.class, Duration.ZERO)).isEmpty();
                    own.receive();
                  });

      race.run(() -> system().exit(other, ExitReason.killed()), () -> system().send(linking, "go"));

      assertThat(exits.next().reason())
          .as(race.toString())
          .isIn(ExitReason.killed(), ExitReason.noProcess());
    }
  }

  @Test
  void two_ends_of_a_link_that_end_at_once_leave_nothing() {
    for (int i = 0; i < race.rounds(); i++) {
      Pid first = node.forever();
      var linked = new Probe<Boolean>();
      Pid second =
          system()
              .spawn(
                  own -> {
                    own.link(first);
                    linked.put(true);
                    own.receive();
                  });
      linked.next();

      race.run(
          () -> system().exit(first, new ExitReason.Crashed("one")),
          () -> system().exit(second, new ExitReason.Crashed("two")));

      assertThat(system().isAlive(first) || system().isAlive(second)).isFalse();
    }
  }

  @Test
  void a_name_that_is_taken_while_its_claimant_ends_is_free_afterwards() {
    var name = new ProcessName("contended");
    for (int i = 0; i < race.rounds(); i++) {
      Pid claimant = node.forever();
      var result = new Probe<Registration>();

      race.run(
          () -> system().exit(claimant, ExitReason.killed()),
          () -> result.put(system().names().register(name, claimant)));

      assertThat(result.next())
          .isIn(
              new Registration.Registered(name, claimant),
              new Registration.NotAlive(name, claimant));
      assertThat(system().whereis(name)).as(race.toString()).isEmpty();
      assertThat(system().stats().names()).as(race.toString()).isZero();
    }
  }

  @Test
  void a_reply_that_races_with_a_time_out_is_either_taken_or_refused() {
    for (int i = 0; i < race.rounds(); i++) {
      Request request = system().request();
      Alias alias = request.alias();
      var replied = new Probe<SendResult>();

      race.run(
          () -> replied.put(system().send(alias, "answer")),
          () -> request.await(Duration.ofNanos(race.random().nextInt(20_000))));

      boolean taken = request.outcome().orElseThrow() instanceof Request.Outcome.Replied;
      assertThat(replied.next())
          .as(race.toString())
          .isEqualTo(taken ? SendResult.delivered() : new SendResult.NoSuchProcess(alias));
    }
  }

  @Test
  void a_question_that_races_with_the_end_of_its_server_is_always_answered() {
    for (int i = 0; i < race.rounds(); i++) {
      Pid server = system().start(new Adder(_ -> {})).pid().orElseThrow();
      Request request = system().request();

      race.run(() -> request.send(server, "?"), () -> system().exit(server, ExitReason.killed()));

      assertThat(request.await(LONG))
          .as(race.toString())
          .isInstanceOf(Request.Outcome.ServerEnded.class);
    }
  }

  @Test
  void a_kill_that_races_with_the_first_activation_leaves_no_process() {
    for (int i = 0; i < race.rounds(); i++) {
      var pending = new Adder(_ -> {}).begin(system(), StartOptions.DEFAULT);

      system().exit(pending.pid(), ExitReason.killed());

      var _ = pending.await();
      assertThat(system().isAlive(pending.pid())).isFalse();
    }
    LocalNode.eventually("nothing runs", () -> system().stats().zombies() == 0);
  }

  @Test
  void suspending_and_resuming_loses_no_message() {
    var handled = new AtomicInteger();
    var server = system().start(new Adder(_ -> handled.incrementAndGet()));
    Pid pid = server.pid().orElseThrow();
    for (int i = 0; i < race.rounds(); i++) {
      race.run(
          () -> {
            system().suspend(pid);
            system().resume(pid);
          },
          () -> server.cast(1L));
    }

    LocalNode.eventually("all are handled, " + race, () -> handled.get() == race.rounds());
  }

  @Test
  void ten_thousand_processes_come_and_go_and_nothing_is_left() {
    node.inProcess(
        self -> {
          for (int i = 0; i < 10_000; i++) {
            self.spawnMonitor(ProcessContext::parent);
          }
          for (int i = 0; i < 10_000; i++) {
            self.receive(Signal.Down.class);
          }
          assertThat(system().processes()).containsExactly(self.pid());
        });
  }
}
