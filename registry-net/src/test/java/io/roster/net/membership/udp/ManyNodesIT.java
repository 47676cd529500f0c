package io.roster.net.membership.udp;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.net.membership.GossipOptions;
import io.roster.net.membership.MemberEvent;
import io.roster.net.membership.MemberState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Thirty nodes in one JVM, over real sockets. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class ManyNodesIT {

  private static final List<String> NAMES =
      IntStream.rangeClosed(1, 30).mapToObj(i -> "n" + i).toList();

  private static final List<String> SMALLER = NAMES.subList(0, 12);
  private static final List<String> LARGER = NAMES.subList(12, 30);

  /*
   * They share a few cores with each other, with the compiler and with whatever else runs, so they
   * ask each other as seldom and are as patient as over a wide area: with less patience they do lose
   * each other on a busy machine. What is tested is who is lost, not how soon.
   */
  private final GossipNodes nodes =
      new GossipNodes(GossipOptions.wan().withSuspicion(suspicion -> suspicion.withGrowth(0.15)));

  @AfterEach
  void end() {
    nodes.close();
  }

  @Test
  void thirty_nodes_start_at_once_lose_one_let_one_leave_and_take_nobody_else_for_dead()
      throws Exception {
    nodes.startAtOnce(names(NAMES));
    nodes.awaitMet(names(NAMES));
    var names = new ArrayList<>(NAMES);

    nodes.kill("n7");
    names.remove("n7");
    nodes.awaitState(names, List.of("n7"), MemberState.DEAD);
    boolean said = nodes.node("n9").leave(GossipNodes.PATIENCE);
    nodes.kill("n9");
    names.remove("n9");
    nodes.awaitState(names, List.of("n9"), MemberState.LEFT);

    assertThat(said).isTrue();
    nodes.awaitMet(names(names));
    for (var name : names) {
      assertThat(upsAndDowns(name, 0))
          .as("seen by " + name)
          .containsOnlyKeys(NAMES)
          .allSatisfy(
              (other, seen) ->
                  assertThat(seen)
                      .as(other)
                      .isEqualTo(names.contains(other) ? List.of("Up") : List.of("Up", "Down")));
    }
  }

  @Test
  void two_sides_of_a_cut_lose_each_other_once_and_nobody_else_and_meet_again_once()
      throws Exception {
    nodes.startAtOnce(names(NAMES));
    nodes.awaitMet(names(NAMES));
    var before = new HashMap<String, Integer>();
    NAMES.forEach(name -> before.put(name, nodes.events(name).size()));

    nodes.cut(Set.copyOf(SMALLER), Set.copyOf(LARGER));
    nodes.awaitState(SMALLER, LARGER, MemberState.DEAD);
    nodes.awaitState(LARGER, SMALLER, MemberState.DEAD);
    nodes.heal();
    nodes.awaitCalm(names(NAMES));

    for (var name : NAMES) {
      var across = SMALLER.contains(name) ? LARGER : SMALLER;
      assertThat(upsAndDowns(name, before.getOrDefault(name, 0)))
          .as("seen by " + name)
          .containsOnlyKeys(across)
          .allSatisfy((_, seen) -> assertThat(seen).containsExactly("Down", "Up"));
    }
  }

  /** How members came and went in the eyes of one, after so many events. */
  private Map<String, List<String>> upsAndDowns(String observer, int after) {
    return nodes.events(observer).stream()
        .skip(after)
        .filter(event -> event instanceof MemberEvent.Up || event instanceof MemberEvent.Down)
        .collect(
            Collectors.groupingBy(
                event -> event.member().id().name().value(),
                Collectors.mapping(
                    event -> event.getClass().getSimpleName(), Collectors.toList())));
  }

  private static String[] names(List<String> names) {
    return names.toArray(String[]::new);
  }
}
