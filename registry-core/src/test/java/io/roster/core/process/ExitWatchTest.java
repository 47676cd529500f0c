package io.roster.core.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.core.identity.Pid;
import io.roster.core.signal.ExitReason;
import io.roster.core.signal.Signal;
import io.roster.core.support.LocalNode;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ExitWatchTest {

  private static final ExitReason BOOM = new ExitReason.Crashed("boom");

  @RegisterExtension final LocalNode node = new LocalNode(Limits.DEFAULT.withMailboxMax(1));

  @Test
  void a_process_is_told_though_its_mailbox_is_full() {
    Pid watched = node.forever();
    node.inProcess(
        self -> {
          ExitWatch watch = self.system().watchExit(watched);
          watch.whenExitedTell(self.pid());
          self.send(self.pid(), "fills it");
          assertThat(self.send(self.pid(), "too much")).isInstanceOf(SendResult.Overloaded.class);

          node.system().exit(watched, BOOM);

          assertThat(watch.reason()).contains(BOOM);
          assertThat(self.receive(Signal.Exit.class))
              .isEqualTo(new Signal.Exit(watched, BOOM, true));
        });
  }

  @Test
  void a_process_is_told_of_one_that_is_gone() {
    Pid watched = node.forever();
    node.system().exit(watched, BOOM);
    node.inProcess(
        self -> {
          ExitWatch watch = self.system().watchExit(watched);
          watch.whenExitedTell(self.pid());

          assertThat(watch.reason()).contains(ExitReason.noProcess());
          assertThat(self.receive(Signal.Exit.class).reason()).isEqualTo(ExitReason.noProcess());
        });
  }

  @Test
  void of_one_that_runs_there_is_no_reason_yet() {
    ExitWatch watch = node.system().watchExit(node.forever());

    assertThat(watch.reason()).isEmpty();
    watch.cancel();
    assertThat(watch.reason()).isEmpty();
  }
}
