package io.roster.core.process;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A monitor tells once of the end of what it watches. */
@Timeout(60)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MonitorsTest {

  private static final ExitReason BOOM = new ExitReason.Crashed("boom");

  @RegisterExtension final LocalNode node = new LocalNode();

  private Pid forever() {
    return node.system().spawn(ProcessContext::receive);
  }

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

          assertThat(self.receive()).isEqualTo(new Signal.Down(ref, other, ExitReason.noProcess()));
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
              .isEqualTo(new Signal.Down(ref, far, new ExitReason.NoConnection(new NodeName("b"))));
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
