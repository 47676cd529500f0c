package io.roster.core.stress;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.core.identity.Alias;
import io.roster.core.identity.Pid;
import io.roster.core.identity.ProcessName;
import io.roster.core.identity.Ref;
import io.roster.core.naming.Registration;
import io.roster.core.process.ProcessSystem;
import io.roster.core.process.SendResult;
import io.roster.core.server.ServerRef;
import io.roster.core.signal.ExitReason;
import io.roster.core.signal.Signal;
import io.roster.core.support.LocalNode;
import io.roster.core.support.Probe;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Mailboxes and ties between a thread that gives and one that takes, ends or takes back. */
@Timeout(120)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class HandOverTest {

  @RegisterExtension final LocalNode node = new LocalNode();

  private final Race race = new Race();

  private ProcessSystem system() {
    return node.system();
  }

  @Test
  void a_server_that_falls_idle_again_and_again_keeps_the_order_of_each_sender() {
    int senders = 4;
    int each = 2_000;
    var last = new AtomicLongArray(senders);
    var outOfOrder = new AtomicInteger();
    var handled = new AtomicInteger();
    ServerRef<Long> server =
        system()
            .start(
                new Adder(
                    code -> {
                      int sender = (int) (code % senders);
                      long number = code / senders;
                      if (last.getAndSet(sender, number) != number - 1) {
                        outOfOrder.incrementAndGet();
                      }
                      handled.incrementAndGet();
                    }));
    for (int s = 0; s < senders; s++) {
      int sender = s;
      long pauseEvery = 1L + race.random().nextInt(7);
      system()
          .spawn(
              _ -> {
                for (long n = 1; n <= each; n++) {
                  server.cast(n * senders + sender);
                  if (n % pauseEvery == 0) {
                    LockSupport.parkNanos(1);
                  }
                }
              });
    }

    LocalNode.eventually("all are handled, " + race, () -> handled.get() == senders * each);
    assertThat(outOfOrder.get()).as(race.toString()).isZero();
  }

  @Test
  void two_processes_that_wait_for_each_other_never_miss_a_message() {
    int turns = 20_000;
    var done = new Probe<Long>();
    Pid pong =
        system()
            .spawn(
                self -> {
                  while (true) {
                    self.send(self.receive(Pid.class), "pong");
                  }
                });
    system()
        .spawn(
            self -> {
              long count = 0;
              for (int i = 0; i < turns; i++) {
                self.send(pong, self.pid());
                self.receive(String.class);
                count++;
              }
              done.put(count);
            });

    assertThat(done.next()).isEqualTo(turns);
  }

  @Test
  void a_message_that_races_with_a_receive_that_gives_up_is_taken_then_or_later() {
    var taken = new AtomicLong();
    var go = new Probe<Boolean>();
    var ready = new Probe<Boolean>();
    Pid receiver =
        system()
            .spawn(
                self -> {
                  while (true) {
                    go.next();
                    ready.put(true);
                    if (self.receive(Integer.class, Duration.ofNanos(10_000)).isEmpty()) {
                      self.receive(Integer.class);
                    }
                    taken.incrementAndGet();
                  }
                });
    for (int i = 0; i < race.rounds(); i++) {
      int number = i;
      go.put(true);
      ready.next();
      int spins = race.random().nextInt(2_000);
      for (int s = 0; s < spins; s++) {
        Thread.onSpinWait();
      }
      system().send(receiver, number);
      long expected = i + 1L;
      LocalNode.eventually("it was taken, " + race, () -> taken.get() == expected);
    }
  }

  @Test
  void a_demonitor_that_says_it_was_active_hears_no_end_and_one_that_does_not_has_heard_it() {
    for (int i = 0; i < race.rounds(); i++) { // case 119
      Pid other = node.forever();
      var result = new Probe<Boolean>();
      var ready = new Probe<Boolean>();
      Pid watcher =
          system()
              .spawn(
                  self -> {
                    Ref ref = self.monitor(other);
                    ready.put(true);
                    self.receive(String.class);
                    boolean active = self.demonitor(ref);
                    boolean heard = self.receive(Signal.Down.class, Duration.ZERO).isPresent();
                    result.put(active != heard);
                  });
      ready.next();

      race.run(() -> system().exit(other, ExitReason.killed()), () -> system().send(watcher, "go"));

      assertThat(result.next()).as(race.toString()).isTrue();
    }
  }

  @Test
  void no_exit_comes_after_an_unlink_that_races_with_it() {
    for (int i = 0; i < race.rounds(); i++) {
      Pid other = node.forever();
      var later = new Probe<Boolean>();
      var ready = new Probe<Boolean>();
      Pid linked =
          system()
              .spawn(
                  self -> {
                    self.trapExits(true);
                    self.link(other);
                    ready.put(true);
                    self.receive(String.class);
                    self.unlink(other);
                    var _ = self.receive(Signal.Exit.class, Duration.ZERO); // It had come before.
                    later.put(true);
                    self.receive(String.class);
                    later.put(self.receive(Signal.Exit.class, Duration.ZERO).isPresent());
                  });
      ready.next();

      race.run(() -> system().exit(other, ExitReason.killed()), () -> system().send(linked, "go"));

      later.next();
      system().send(linked, "look");
      assertThat(later.next()).as(race.toString()).isFalse();
    }
  }

  @Test
  void one_of_two_claimants_of_a_name_gets_it_even_from_a_holder_that_ends() {
    var name = new ProcessName("contended");
    for (int i = 0; i < race.rounds(); i++) {
      Pid holder = node.forever();
      Pid one = node.forever();
      Pid other = node.forever();
      system().names().register(name, holder);
      system().exit(holder, ExitReason.killed());
      var results = new Probe<Registration>();

      race.run(
          () -> results.put(system().names().register(name, one)),
          () -> results.put(system().names().register(name, other)));

      assertThat(results.next(2))
          .as(race.toString())
          .filteredOn(Registration.Registered.class::isInstance)
          .hasSize(1);
      system().exit(one, ExitReason.killed());
      system().exit(other, ExitReason.killed());
      assertThat(system().whereis(name)).as(race.toString()).isEmpty();
    }
  }

  @Test
  void a_message_to_an_alias_that_is_revoked_meanwhile_arrives_or_is_refused() {
    for (int i = 0; i < race.rounds(); i++) {
      var made = new Probe<Alias>();
      var arrived = new Probe<Boolean>();
      Pid owner =
          system()
              .spawn(
                  self -> {
                    Alias alias = self.alias();
                    made.put(alias);
                    self.receive(String.class);
                    self.unalias(alias);
                    self.receive(String.class);
                    arrived.put(self.receive(Integer.class, Duration.ZERO).isPresent());
                  });
      Alias alias = made.next();
      var sent = new Probe<SendResult>();

      race.run(() -> sent.put(system().send(alias, 1)), () -> system().send(owner, "revoke"));
      system().send(owner, "look");

      boolean delivered = sent.next() instanceof SendResult.Delivered;
      assertThat(arrived.next()).as(race.toString()).isEqualTo(delivered);
      assertThat(system().send(alias, 2)).isEqualTo(new SendResult.NoSuchProcess(alias));
    }
  }

  @Test
  void a_kill_that_races_with_a_suspended_process_ends_it() {
    for (int i = 0; i < race.rounds(); i++) {
      Pid pid = node.forever();
      system().suspend(pid);

      race.run(() -> system().resume(pid), () -> system().exit(pid, ExitReason.killed()));

      assertThat(system().isAlive(pid)).as(race.toString()).isFalse();
    }
  }
}
