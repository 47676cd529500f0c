package io.roster.core.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.core.identity.Alias;
import io.roster.core.identity.Pid;
import io.roster.core.signal.ExitReason;
import io.roster.core.support.LocalNode;
import io.roster.core.support.Probe;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An address of a process that ends before the process does. */
@Timeout(60)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AliasesTest {

  @RegisterExtension final LocalNode node = new LocalNode();

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
    var probe = new Probe<Alias>();
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
