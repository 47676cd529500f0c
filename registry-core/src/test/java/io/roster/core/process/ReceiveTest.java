package io.roster.core.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roster.core.identity.Pid;
import io.roster.core.support.LocalNode;
import io.roster.core.support.Probe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a process takes from its mailbox, and in which order. */
@Timeout(60)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ReceiveTest {

  @RegisterExtension final LocalNode node = new LocalNode();

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
          assertThat(List.of(self.receive(), self.receive())).isEqualTo(List.of("first", "second"));
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
