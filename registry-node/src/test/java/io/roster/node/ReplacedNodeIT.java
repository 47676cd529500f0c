package io.roster.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.roster.core.process.ProcessContext;
import io.roster.core.server.GenServer;
import io.roster.core.server.Init;
import io.roster.core.server.Next;
import io.roster.core.signal.ExitReason;
import io.roster.node.admin.NodeView;
import io.roster.node.config.HostPort;
import io.roster.node.config.NodeOptions;
import java.net.ConnectException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two nodes of one name, over real sockets. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(180)
class ReplacedNodeIT {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final List<RosterNode> nodes = new ArrayList<>();

  @AfterEach
  void stop() {
    nodes.reversed().forEach(RosterNode::close);
  }

  @Test
  void a_node_whose_name_starts_elsewhere_ends_itself_and_tells_its_owner() throws Exception {
    var other = start("b");
    var first = start("a", seed(other));
    assertThat(first.awaitReady(PATIENCE)).as(first.view().readiness().failing()).isTrue();
    var server = new LastWords(new CompletableFuture<>(), first);
    first.system().start(server);
    var ports = List.of(first.adminAddress(), first.linkAddress());

    var second = start("a", seed(other));

    assertThat(first.replaced().get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo(second.id());
    assertThat(server.said().join())
        .isEqualTo(
            "NodeLeaving[node=a], replaced: by " + second.id() + ", another start of this name");
    assertThat(first.view().readiness().ready()).isFalse();
    for (var address : ports) {
      assertThatThrownBy(() -> new Socket(address.getAddress(), address.getPort()).close())
          .as("%s", address)
          .isInstanceOf(ConnectException.class);
    }
    assertThat(second.awaitReady(PATIENCE)).as(second.view().readiness().failing()).isTrue();
    await().atMost(PATIENCE).until(() -> up(other) == 2 && up(second) == 2);
    assertThat(second.replaced()).isNotDone();
  }

  /** Says why it ends, and what its node says of itself then. */
  private record LastWords(CompletableFuture<String> said, RosterNode node)
      implements GenServer<String, String> {

    @Override
    public Init<String> init(ProcessContext self) {
      return Init.ok("");
    }

    @Override
    public Next<String> handle(String message, String state) {
      return Next.proceed(state);
    }

    @Override
    public void terminate(ExitReason reason, String state) {
      said.complete(reason + ", " + node.view().readiness().failing());
    }
  }

  private RosterNode start(String name, HostPort... seeds) throws NodeStartException {
    var node = RosterNode.builder(NodeOptions.loopback(name, seeds)).start();
    nodes.add(node);
    return node;
  }

  private static HostPort seed(RosterNode node) {
    return new HostPort("127.0.0.1", node.gossipAddress().getPort());
  }

  private static long up(RosterNode node) {
    return node.view().members().members().stream().filter(NodeView.MemberRow::isUp).count();
  }
}
