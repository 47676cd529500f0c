package io.roster.core.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.core.identity.Pid;
import io.roster.core.signal.ExitReason;
import io.roster.core.support.LocalNode;
import io.roster.core.support.Probe;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A process that is held still from outside. */
@Timeout(60)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SuspendTest {

  @RegisterExtension final LocalNode node = new LocalNode();

  @Test
  void a_suspended_process_holds_still_and_can_be_killed() {
    var seen = new Probe<Object>();
    Pid pid = node.trapping(seen);
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
