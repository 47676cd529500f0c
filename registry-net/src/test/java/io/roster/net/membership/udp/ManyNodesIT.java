package io.roster.net.membership.udp;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.net.membership.MemberEvent;
import io.roster.net.membership.MemberState;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Thirty nodes in one JVM, over real sockets. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class ManyNodesIT {

  private static final int COUNT = 30;

  private final GossipNodes nodes = new GossipNodes();

  @AfterEach
  void end() {
    nodes.close();
  }

  @Test
  void thirty_nodes_meet_lose_one_let_one_leave_and_take_nobody_else_for_dead() throws Exception {
    var names = new ArrayList<String>();
    for (int i = 1; i <= COUNT; i++) {
      names.add("n" + i);
    }
    nodes.startAll(names.toArray(String[]::new));

    nodes.kill("n7");
    names.remove("n7");
    for (var name : names) {
      nodes.awaitState(name, "n7", MemberState.DEAD);
    }
    boolean said = nodes.node("n9").leave(GossipNodes.PATIENCE);
    nodes.kill("n9");
    names.remove("n9");
    for (var name : names) {
      nodes.awaitState(name, "n9", MemberState.LEFT);
    }

    assertThat(said).isTrue();
    nodes.awaitUp(names.toArray(String[]::new));
    for (var name : names) {
      assertThat(downs(name)).as("seen by " + name).containsExactly("n7 DEAD", "n9 LEFT");
    }
  }

  private List<String> downs(String observer) {
    return nodes.events(observer).stream()
        .filter(MemberEvent.Down.class::isInstance)
        .map(event -> event.member().id().name() + " " + event.member().state())
        .toList();
  }
}
