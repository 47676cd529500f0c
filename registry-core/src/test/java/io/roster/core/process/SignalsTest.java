package io.roster.core.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roster.core.identity.Named;
import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import io.roster.core.identity.Pid;
import io.roster.core.identity.ProcessName;
import io.roster.core.identity.Ref;
import io.roster.core.naming.Registration;
import io.roster.core.signal.ExitReason;
import io.roster.core.signal.Signal;
import io.roster.core.support.LocalNode;
import io.roster.core.support.Probe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SignalsTest {

  private static final ExitReason BOOM = new ExitReason.Crashed("boom");

  @RegisterExtension final LocalNode node = new LocalNode();

  private Pid forever() {
    return node.system().spawn(ProcessContext::receive);
  }

  private Pid trapping(Probe<Object> seen) {
    var ready = new Probe<Boolean>();
    Pid pid =
        node.system()
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

  @Nested
  @DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
  class Receive {

    @Test
    void messages_of_one_sender_keep_their_order() {
      node.inProcess(
          self -> {
            Pid to = self.pid();
            self.spawn(
                sender -> {
                  for (int i = 0; i < 10_000; i++) {
                    sender.send(to, i);
                  }
                });

            for (int i = 0; i < 10_000; i++) {
              assertThat(self.receive()).isEqualTo(i);
            }
          });
    }

    @Test
    void a_selective_receive_leaves_the_others_in_their_order() {
      node.inProcess(
          self -> {
            self.send(self.pid(), "first");
            self.send(self.pid(), 7);
            self.send(self.pid(), "second");

            assertThat(self.receive(Integer.class)).isEqualTo(7);
            assertThat(List.of(self.receive(), self.receive()))
                .isEqualTo(List.of("first", "second"));
          });
    }

    @Test
    void a_receive_gives_up_after_its_time() {
      node.inProcess(
          self -> {
            self.send(self.pid(), "other");

            assertThat(self.receive(Integer.class, Duration.ofMillis(1))).isEmpty();
            assertThat(self.receive(Duration.ZERO)).contains("other");
          });
    }

    @Test
    void a_message_sent_after_a_delay_arrives_unless_it_is_cancelled() {
      node.inProcess(
          self -> {
            boolean cancelled = self.sendAfter(Duration.ofHours(1), self.pid(), "never").cancel();
            self.sendAfter(Duration.ofMillis(1), self.pid(), "soon");

            assertThat(cancelled).isTrue();
            assertThat(self.receive()).isEqualTo("soon");
          });
    }

    @Test
    void a_receive_on_a_foreign_thread_is_refused() {
      var context = new Probe<ProcessContext>();
      node.system()
          .spawn(
              self -> {
                context.put(self);
                self.receive();
              });
      ProcessContext foreign = context.next();

      assertThatThrownBy(foreign::receive)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("expected receive on the thread of process");
    }

    @Test
    void a_full_mailbox_refuses_and_says_so_once() {
      var small = new LocalNode(Limits.DEFAULT.withMailboxMax(2));
      var release = new Probe<Boolean>();
      Pid pid = small.system().spawn(_ -> release.next());
      var results = new ArrayList<SendResult>();

      for (int i = 0; i < 4; i++) {
        results.add(small.system().send(pid, i));
      }

      assertThat(results.subList(0, 2)).containsOnly(SendResult.delivered());
      assertThat(results.subList(2, 4)).containsOnly(new SendResult.Overloaded(pid, 2));
      assertThat(small.reports()).hasSize(1).first().isInstanceOf(ProcessReport.MailboxFull.class);
      assertThat(small.system().stats().refusedMessages()).isEqualTo(2);
      release.put(true);
      small.system().close();
    }
  }

  @Nested
  @DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
  class Monitors {

    @Test
    void two_monitors_on_one_process_fire_twice() { // case 121
      node.inProcess(
          self -> {
            Pid other = forever();
            Ref first = self.monitor(other);
            Ref second = self.monitor(other);

            self.exit(other, BOOM);

            assertThat(List.of(self.receive(), self.receive()))
                .containsExactlyInAnyOrder(
                    new Signal.Down(first, other, BOOM), new Signal.Down(second, other, BOOM));
          });
    }

    @Test
    void a_monitor_of_a_dead_process_fires_at_once() {
      node.inProcess(
          self -> {
            Pid other = self.spawn(_ -> {});
            node.system().awaitExit(other, LocalNode.DEADLINE);

            Ref ref = self.monitor(other);

            assertThat(self.receive())
                .isEqualTo(new Signal.Down(ref, other, ExitReason.noProcess()));
          });
    }

    @Test
    void an_active_monitor_ends_for_good() { // case 119
      node.inProcess(
          self -> {
            Pid other = forever();
            Ref ref = self.monitor(other);

            boolean active = self.demonitor(ref);
            self.exit(other, BOOM);

            assertThat(active).isTrue();
            assertThat(self.receive(Duration.ZERO)).isEmpty();
          });
    }

    @Test
    void a_flush_removes_the_down_that_has_come() { // case 119
      node.inProcess(
          self -> {
            Pid other = forever();
            Ref ref = self.monitor(other);
            self.exit(other, BOOM);
            self.send(self.pid(), "next");

            boolean active = self.demonitorAndFlush(ref);

            assertThat(active).isFalse();
            assertThat(self.receive()).isEqualTo("next");
            assertThat(self.receive(Duration.ZERO)).isEmpty();
          });
    }

    @Test
    void a_flush_removes_a_down_that_a_receive_passed_over() {
      node.inProcess(
          self -> {
            Pid other = forever();
            Ref ref = self.monitor(other);
            self.exit(other, BOOM);
            self.send(self.pid(), 1);
            self.receive(Integer.class);

            self.demonitorAndFlush(ref);

            assertThat(self.receive(Duration.ZERO)).isEmpty();
          });
    }

    @Test
    void a_monitor_by_name_names_the_name() {
      node.inProcess(
          self -> {
            Pid other = forever();
            var name = new ProcessName("worker");
            node.system().names().register(name, other);
            var named = new Named(name, node.system().node().name());

            Ref ref = self.monitor(named);
            self.exit(other, BOOM);

            assertThat(self.receive()).isEqualTo(new Signal.Down(ref, named, BOOM));
          });
    }

    @Test
    void a_monitor_by_name_stays_with_the_process_that_had_the_name() {
      node.inProcess(
          self -> {
            Pid other = forever();
            var name = new ProcessName("worker");
            node.system().names().register(name, other);
            self.monitor(new Named(name, node.system().node().name()));

            node.system().names().unregister(name, other);

            assertThat(self.receive(Duration.ZERO)).isEmpty();
          });
    }

    @Test
    void the_name_is_free_when_down_arrives() {
      node.inProcess(
          self -> {
            var name = new ProcessName("worker");
            for (int i = 0; i < 200; i++) {
              Pid other = forever();
              node.system().names().register(name, other);
              Ref ref = self.monitor(other);

              self.exit(other, BOOM);

              self.receive(m -> m instanceof Signal.Down down && down.ref().equals(ref));
              Pid next = forever();
              assertThat(node.system().names().register(name, next))
                  .isEqualTo(new Registration.Registered(name, next));
              node.system().names().unregister(name, next);
            }
          });
    }

    @Test
    void a_monitor_of_an_unreachable_node_fires_at_once() { // case 122
      node.inProcess(
          self -> {
            var far = new Pid(new NodeId(new NodeName("b"), 1), 5);

            Ref ref = self.monitor(far);

            assertThat(self.receive())
                .isEqualTo(
                    new Signal.Down(ref, far, new ExitReason.NoConnection(new NodeName("b"))));
          });
    }

    @Test
    void spawn_monitor_cannot_miss_the_end() {
      node.inProcess(
          self -> {
            for (int i = 0; i < 500; i++) {
              var child = self.spawnMonitor(_ -> {});
              assertThat(self.receive())
                  .isEqualTo(new Signal.Down(child.monitor(), child.pid(), ExitReason.normal()));
            }
          });
    }
  }

  @Nested
  @DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
  class AliasesOfProcesses {

    @Test
    void a_revoked_alias_drops_what_comes() {
      node.inProcess(
          self -> {
            var alias = self.alias();
            self.send(alias, "before");
            boolean active = self.unalias(alias);

            SendResult after = self.send(alias, "after");

            assertThat(active).isTrue();
            assertThat(after).isEqualTo(new SendResult.NoSuchProcess(alias));
            assertThat(self.receive()).isEqualTo("before");
            assertThat(self.receive(Duration.ZERO)).isEmpty();
          });
    }

    @Test
    void an_alias_for_one_takes_one() {
      node.inProcess(
          self -> {
            var alias = self.aliasForOne();

            self.send(alias, 1);
            self.send(alias, 2);

            assertThat(self.receive()).isEqualTo(1);
            assertThat(self.receive(Duration.ZERO)).isEmpty();
            assertThat(node.system().audit()).isEmpty();
          });
    }

    @Test
    void an_alias_ends_with_its_process() {
      var probe = new Probe<io.roster.core.identity.Alias>();
      Pid pid =
          node.system()
              .spawn(
                  self -> {
                    probe.put(self.alias());
                    self.receive();
                  });
      var alias = probe.next();

      node.system().exit(pid, ExitReason.killed());

      assertThat(node.system().send(alias, 1)).isEqualTo(new SendResult.NoSuchProcess(alias));
    }
  }

  @Nested
  @DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
  class Names {

    private final ProcessName name = new ProcessName("orders");

    @Test
    void a_name_has_one_holder() {
      Pid first = forever();
      Pid second = forever();
      node.system().names().register(name, first);

      assertThat(node.system().names().register(name, second))
          .isEqualTo(new Registration.AlreadyRegistered(name, first));
      assertThat(node.system().whereis(name)).contains(first);
    }

    @Test
    void only_the_holder_gives_a_name_up() {
      Pid first = forever();
      Pid second = forever();
      node.system().names().register(name, first);

      assertThat(node.system().names().unregister(name, second)).isFalse();
      assertThat(node.system().names().unregister(name, first)).isTrue();
      assertThat(node.system().whereis(name)).isEmpty();
    }

    @Test
    void a_dead_process_gets_no_name() {
      Pid dead = node.system().spawn(_ -> {});
      node.system().awaitExit(dead, LocalNode.DEADLINE);

      assertThat(node.system().names().register(name, dead))
          .isEqualTo(new Registration.NotAlive(name, dead));
    }

    @Test
    void a_process_of_another_node_gets_no_name() {
      var far = new Pid(new NodeId(new NodeName("b"), 1), 5);

      assertThatThrownBy(() -> node.system().names().register(name, far))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("expected a process of a#1, got: <b#1.5>");
    }

    @Test
    void a_send_to_an_unknown_name_says_so() {
      var nobody = new Named(name, node.system().node().name());

      assertThat(node.system().send(nobody, 1)).isEqualTo(new SendResult.NoSuchProcess(nobody));
    }
  }

  @Nested
  @DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
  class Moves {

    @Test
    void messages_to_a_moved_process_follow_it() {
      var seen = new Probe<Object>();
      Pid target = trapping(seen);
      Pid old = forever();
      ExitWatch watch = node.system().watchExit(old);

      node.system().exit(old, new ExitReason.Moved(target));

      assertThat(watch.await(LocalNode.DEADLINE)).contains(new ExitReason.Moved(target));
      assertThat(node.system().send(old, "late")).isEqualTo(SendResult.delivered());
      assertThat(seen.next()).isEqualTo("late");
    }

    @Test
    void messages_of_one_sender_keep_their_order_across_a_move() {
      for (int round = 0; round < 50; round++) {
        var seen = new Probe<Object>();
        Pid target = trapping(seen);
        Pid old =
            node.system()
                .spawn(
                    self -> {
                      self.receive(m -> "never".equals(m));
                    });
        node.system().suspend(old);
        Pid sender =
            node.system()
                .spawn(
                    self -> {
                      for (int i = 0; i < 2_000; i++) {
                        self.send(old, i);
                      }
                    });
        LocalNode.eventually(
            "some are sent",
            () ->
                node.system().info(old).orElseThrow().mailboxLength() > 100
                    || !node.system().isAlive(sender));

        node.system().exit(old, new ExitReason.Moved(target));

        for (int i = 0; i < 2_000; i++) {
          assertThat(seen.next()).isEqualTo(i);
        }
        node.system().exit(target, ExitReason.killed());
      }
    }

    @Test
    void who_is_linked_to_a_moved_process_goes_on() {
      node.inProcess(
          self -> {
            Pid old = self.spawnLink(ProcessContext::receive);

            self.exit(old, new ExitReason.Moved(self.pid()));

            assertThat(node.system().isAlive(old)).isFalse();
            assertThat(node.system().isAlive(self.pid())).isTrue();
          });
    }

    @Test
    void a_monitor_of_a_moved_process_says_where_it_went() {
      node.inProcess(
          self -> {
            Pid old = forever();
            self.exit(old, new ExitReason.Moved(self.pid()));

            self.monitor(old);

            assertThat(self.receive(Signal.Down.class).reason())
                .isEqualTo(new ExitReason.Moved(self.pid()));
          });
    }
  }

  @Test
  void a_suspended_process_holds_still_and_can_be_killed() {
    var seen = new Probe<Object>();
    Pid pid = trapping(seen);
    node.system().suspend(pid);
    node.system().send(pid, "waits");

    assertThat(node.system().info(pid).map(ProcessInfo::status))
        .contains(ProcessInfo.Status.SUSPENDED);
    node.system().resume(pid);
    assertThat(seen.next()).isEqualTo("waits");

    node.system().suspend(pid);
    node.system().exit(pid, ExitReason.killed());
    assertThat(node.system().info(pid)).isEqualTo(Optional.empty());
  }
}
