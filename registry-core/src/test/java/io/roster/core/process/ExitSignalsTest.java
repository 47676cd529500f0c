package io.roster.core.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import io.roster.core.identity.Pid;
import io.roster.core.identity.ProcessName;
import io.roster.core.signal.ExitReason;
import io.roster.core.signal.Signal;
import io.roster.core.support.LocalNode;
import io.roster.core.support.Probe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ExitSignalsTest {

  private static final ExitReason BOOM = new ExitReason.Crashed("boom");

  @RegisterExtension final LocalNode node = new LocalNode();

  private Pid forever() {
    return node.system().spawn(ProcessContext::receive);
  }

  @Nested
  @DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
  class Links {

    @Test
    void two_links_to_one_process_fire_once() { // case 121
      node.inProcess(
          self -> {
            self.trapExits(true);
            Pid other = forever();
            self.link(other);
            self.link(other);

            self.exit(other, BOOM);

            assertThat(self.receive()).isEqualTo(new Signal.Exit(other, BOOM, true));
            assertThat(self.receive(Duration.ZERO)).isEmpty();
          });
    }

    @Test
    void a_link_to_a_dead_process_answers_no_process() { // case 122
      node.inProcess(
          self -> {
            self.trapExits(true);
            Pid other = self.spawn(_ -> {});
            node.system().awaitExit(other, LocalNode.DEADLINE);

            self.link(other);

            assertThat(self.receive())
                .isEqualTo(new Signal.Exit(other, ExitReason.noProcess(), true));
          });
    }

    @Test
    void a_link_to_a_dead_process_ends_who_does_not_trap() { // case 122
      Pid dead = node.system().spawn(_ -> {});
      node.system().awaitExit(dead, LocalNode.DEADLINE);

      Pid linking =
          node.system()
              .spawn(
                  self -> {
                    self.receive();
                    self.link(dead);
                    self.receive();
                  });
      ExitWatch watch = node.system().watchExit(linking);
      node.system().send(linking, "go");

      assertThat(watch.await(LocalNode.DEADLINE)).contains(ExitReason.noProcess());
    }

    @Test
    void a_link_to_an_unreachable_node_breaks_at_once() { // case 122
      node.inProcess(
          self -> {
            self.trapExits(true);
            var far = new Pid(new NodeId(new NodeName("b"), 1), 5);

            self.link(far);

            assertThat(self.receive())
                .isEqualTo(
                    new Signal.Exit(far, new ExitReason.NoConnection(new NodeName("b")), true));
          });
    }

    @Test
    void after_unlink_no_exit_comes() {
      node.inProcess(
          self -> {
            self.trapExits(true);
            Pid other = forever();
            self.link(other);

            self.unlink(other);
            self.exit(other, BOOM);

            assertThat(self.receive(Duration.ZERO)).isEmpty();
          });
    }

    @Test
    void a_normal_end_leaves_the_linked_alone() {
      node.inProcess(
          self -> {
            Pid other = self.spawnLink(_ -> {});

            assertThat(node.system().awaitExit(other, LocalNode.DEADLINE)).isPresent();
            assertThat(node.system().isAlive(self.pid())).isTrue();
          });
    }

    @Test
    void a_chain_of_links_ends_as_one_however_long_it_is() {
      var all = new ArrayList<Pid>();
      var linked = new Probe<Boolean>();
      Pid last = forever();
      all.add(last);
      for (int i = 0; i < 20_000; i++) {
        Pid next = last;
        last =
            node.system()
                .spawn(
                    self -> {
                      self.link(next);
                      linked.put(true);
                      self.receive();
                    });
        all.add(last);
      }
      linked.next(20_000);

      node.system().exit(all.getFirst(), BOOM);

      assertThat(all).noneMatch(node.system()::isAlive);
    }

    @Test
    void spawn_link_cannot_miss_the_end() {
      node.inProcess(
          self -> {
            self.trapExits(true);
            for (int i = 0; i < 500; i++) {
              Pid child = self.spawnLink(own -> own.exit(BOOM));
              assertThat(self.receive()).isEqualTo(new Signal.Exit(child, BOOM, true));
            }
          });
    }
  }

  @Nested
  @DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
  class Exits {

    @Test
    void a_kill_cannot_be_trapped_and_is_seen_as_killed() { // case 122
      Pid pid = node.trapping(new Probe<>());
      ExitWatch watch = node.system().watchExit(pid);

      node.system().exit(pid, ExitReason.killed());

      assertThat(watch.await(LocalNode.DEADLINE)).contains(ExitReason.killed());
    }

    @Test
    void a_kill_that_comes_over_a_link_can_be_trapped() {
      node.inProcess(
          self -> {
            self.trapExits(true);
            Pid other = self.spawnLink(ProcessContext::receive);

            self.exit(other, ExitReason.killed());

            assertThat(self.receive()).isEqualTo(new Signal.Exit(other, ExitReason.killed(), true));
          });
    }

    @Test
    void a_normal_exit_signal_does_nothing_to_another() {
      Pid pid = forever();

      node.system().exit(pid, ExitReason.normal());

      assertThat(node.system().isAlive(pid)).isTrue();
    }

    @Test
    void a_normal_exit_signal_reaches_who_traps() {
      var seen = new Probe<Object>();
      Pid pid = node.trapping(seen);

      node.system().exit(pid, ExitReason.normal());

      assertThat(seen.next())
          .isEqualTo(
              new Signal.Exit(Pid.outside(node.system().node()), ExitReason.normal(), false));
    }

    @Test
    void an_exit_signal_ends_a_process_at_once_even_if_it_never_receives() {
      var release = new Probe<Boolean>();
      var running = new Probe<Boolean>();
      var name = new ProcessName("busy");
      Pid pid =
          node.system()
              .spawn(
                  _ -> {
                    running.put(true);
                    while (release.isEmpty()) {
                      Thread.onSpinWait();
                    }
                  });
      node.system().names().register(name, pid);
      running.next(); // one that has not begun leaves no zombie

      node.system().exit(pid, BOOM);

      assertThat(node.system().isAlive(pid)).isFalse();
      assertThat(node.system().whereis(name)).isEmpty();
      assertThat(node.system().stats().zombies()).isEqualTo(1);
      release.put(true);
    }

    @Test
    void what_a_dead_process_asks_is_refused() {
      var go = new Probe<Boolean>();
      var refused = new Probe<Throwable>();
      var name = new Probe<ProcessContext>();
      Pid pid =
          node.system()
              .spawn(
                  self -> {
                    name.put(self);
                    while (go.isEmpty()) {
                      Thread.onSpinWait();
                    }
                    for (Runnable asked :
                        List.<Runnable>of(
                            () -> self.send(self.pid(), 1),
                            () -> self.spawn(_ -> {}),
                            () -> self.monitor(self.pid()),
                            () -> node.system().send(self.pid(), 1),
                            () -> node.system().request())) {
                      try {
                        asked.run();
                      } catch (ProcessExited e) {
                        refused.put(e);
                      }
                    }
                  });
      name.next();

      node.system().exit(pid, ExitReason.killed());
      go.put(true);

      assertThat(refused.next(5)).hasOnlyElementsOfType(ProcessExited.class);
    }

    @Test
    void a_crash_tells_its_reason_and_is_reported_with_its_ancestors() {
      node.inProcess(
          self -> {
            var child =
                self.spawnMonitor(
                    _ -> {
                      throw new IllegalArgumentException("no such flavour");
                    });

            var down = self.receive(Signal.Down.class);

            assertThat(down.reason())
                .isEqualTo(
                    new ExitReason.Crashed("java.lang.IllegalArgumentException: no such flavour"));
            assertThat(node.reports())
                .singleElement()
                .isInstanceOfSatisfying(
                    ProcessReport.Crashed.class,
                    crash -> {
                      assertThat(crash.pid()).isEqualTo(child.pid());
                      assertThat(crash.ancestors()).containsExactly(self.pid());
                    });
          });
    }

    @Test
    void a_crash_may_carry_a_typed_detail() {
      record OutOfStock(String flavour) {}
      final class NoIceCream extends IllegalStateException implements CrashDetail {
        private static final long serialVersionUID = 1L;

        @Override
        public Object detail() {
          return new OutOfStock("lemon");
        }
      }

      node.inProcess(
          self -> {
            self.spawnMonitor(
                _ -> {
                  throw new NoIceCream();
                });

            assertThat(self.receive(Signal.Down.class).reason())
                .isInstanceOfSatisfying(
                    ExitReason.Crashed.class,
                    crash -> assertThat(crash.detail()).isEqualTo(new OutOfStock("lemon")));
          });
    }

    @Test
    void a_detail_that_fails_itself_leaves_the_summary() {
      final class Worse extends IllegalStateException implements CrashDetail {
        private static final long serialVersionUID = 1L;

        Worse() {
          super("bad");
        }

        @Override
        public Object detail() {
          throw new IllegalStateException("worse");
        }
      }

      node.inProcess(
          self -> {
            self.spawnMonitor(
                _ -> {
                  throw new Worse();
                });

            assertThat(self.receive(Signal.Down.class).reason())
                .isInstanceOfSatisfying(
                    ExitReason.Crashed.class,
                    crash -> {
                      assertThat(crash.summary()).contains("bad");
                      assertThat(crash.detail()).isNull();
                    });
          });
    }

    @Test
    void a_process_may_end_itself_with_any_reason() {
      node.inProcess(
          self -> {
            var child = self.spawnMonitor(own -> own.exit(new ExitReason.Shutdown("done")));

            assertThat(self.receive(Signal.Down.class).reason())
                .isEqualTo(new ExitReason.Shutdown("done"));
            assertThat(node.system().isAlive(child.pid())).isFalse();
          });
    }

    @Test
    void a_large_reason_survives() { // case 120
      var large = new ExitReason.Crashed("x".repeat(1 << 20));
      Pid pid = forever();
      ExitWatch watch = node.system().watchExit(pid);

      node.system().exit(pid, large);

      assertThat(watch.await(LocalNode.DEADLINE)).contains(large);
    }

    @Test
    void an_interrupt_from_outside_ends_the_process() {
      var thread = new Probe<Thread>();
      Pid pid =
          node.system()
              .spawn(
                  self -> {
                    thread.put(Thread.currentThread());
                    self.receive();
                  });
      ExitWatch watch = node.system().watchExit(pid);

      thread.next().interrupt();

      assertThat(watch.await(LocalNode.DEADLINE)).contains(ExitReason.killed());
    }
  }
}
