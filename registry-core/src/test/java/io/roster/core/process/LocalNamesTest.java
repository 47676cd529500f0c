package io.roster.core.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roster.core.identity.Named;
import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import io.roster.core.identity.Pid;
import io.roster.core.identity.ProcessName;
import io.roster.core.naming.Registration;
import io.roster.core.support.LocalNode;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Names on one node. */
@Timeout(60)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LocalNamesTest {

  @RegisterExtension final LocalNode node = new LocalNode();

  private final ProcessName name = new ProcessName("orders");

  private Pid forever() {
    return node.system().spawn(ProcessContext::receive);
  }

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
