package io.roster.core.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.core.identity.Pid;
import io.roster.core.signal.ExitReason;
import io.roster.core.signal.Signal;
import io.roster.core.support.LocalNode;
import io.roster.core.support.Probe;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What comes for a process that goes on elsewhere. */
@Timeout(60)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MovesTest {

  @RegisterExtension final LocalNode node = new LocalNode();

  private Pid forever() {
    return node.system().spawn(ProcessContext::receive);
  }

  @Test
  void messages_to_a_moved_process_follow_it() {
    var seen = new Probe<Object>();
    Pid target = node.trapping(seen);
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
      Pid target = node.trapping(seen);
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
