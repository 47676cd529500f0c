package io.roster.node.names.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import io.roster.net.membership.Member;
import io.roster.net.membership.MemberState;
import io.roster.net.membership.NodeMetadata;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ViewRepairTest {

  private static final InetSocketAddress ADDRESS =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
  private static final Duration BOUND = Duration.ofSeconds(30);

  /* Words such as "a#1" (up, joined), "b#1?" (up, not joined), "c#1-" (dead). */
  private static List<Member> gossip(String words) {
    var members = new ArrayList<Member>();
    for (var word : words.split(" ", -1)) {
      var id = word.replaceAll("[?-]", "").split("#", -1);
      members.add(
          new Member(
              new NodeId(new NodeName(id[0]), Long.parseLong(id[1])),
              ADDRESS,
              word.endsWith("-") ? MemberState.DEAD : MemberState.ALIVE,
              1,
              NodeMetadata.PLAIN.withArbiter(ADDRESS).withArbiterReady(!word.endsWith("?"))));
    }
    return members;
  }

  private static Views views(String self, String gossip, String hazelcast) {
    return Views.compare(
        new NodeId(new NodeName(self), 1), gossip(gossip), List.of(hazelcast.split(" ", -1)));
  }

  private static long seconds(long seconds) {
    return Duration.ofSeconds(seconds).toNanos();
  }

  @Nested
  class TwoViews {

    @ParameterizedTest(name = "at {0} gossip {1}, Hazelcast {2}: {3}, {4}")
    @CsvSource(
        nullValues = "none",
        value = {
          // equal, whatever the order; a suspect is no difference
          "a, a#1 b#1, b#1 a#1, true, NEVER",
          // a member that has not said that it joined is not expected yet
          "a, a#1 b#1?, a#1, true, NEVER",
          "a, a#1 b#1?, a#1 b#1, false, NEVER",
          // the smaller part gives way
          "c, a#1 b#1 c#1, c#1, false, FIRST",
          "a, a#1 b#1 c#1, a#1 b#1, false, NEVER",
          // later if the first node is in it
          "a, a#1 b#1 c#1, a#1, false, SECOND",
          "b, a#1 b#1 c#1, b#1 c#1, false, NEVER",
          // of two equal parts the one without the first node
          "a, a#1 b#1, a#1, false, NEVER",
          "b, a#1 b#1, b#1, false, FIRST",
          // a ghost: the oldest of Hazelcast's members that is up comes first
          "b, a#1 b#1 c#1-, c#1 b#1 a#1, false, FIRST",
          "a, a#1 b#1 c#1-, c#1 b#1 a#1, false, SECOND",
          // some missing and a ghost: the missing decide
          "a, a#1 b#1 c#1-, a#1 c#1, false, NEVER",
          "b, a#1 b#1 c#1-, b#1 c#1, false, FIRST",
        })
    void agree_or_one_of_them_gives_way(
        String self, String gossip, String hazelcast, boolean agree, Views.Turn turn) {
      var views = views(self, gossip, hazelcast);

      assertThat(views.agree()).isEqualTo(agree);
      assertThat(views.turn()).isEqualTo(turn);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
      "a b|c d|e, SECOND FIRST FIRST",
      "a b|c d|e f, SECOND FIRST FIRST",
      "e|c d|a b, FIRST FIRST SECOND",
      "a|b|c, SECOND FIRST FIRST",
      "a|b c|d e, SECOND FIRST FIRST",
      // half of all or more stay, wherever the first node is
      "a|b|c d e, SECOND FIRST NEVER",
      "a b|c|d, NEVER FIRST FIRST",
      "a|b|c d, SECOND FIRST FIRST",
    })
    void of_several_parts_one_is_left_for_the_others_to_join(String split, String turns) {
      var parts = List.of(split.split("\\|", -1));
      var gossip = ids(split.replace('|', ' '));

      assertThat(parts)
          .flatMap(
              part ->
                  Stream.of(part.split(" ", -1))
                      .map(node -> views(node, gossip, ids(part)).turn())
                      .distinct()
                      .toList())
          .extracting(Views.Turn::name)
          .containsExactly(turns.split(" ", -1));
    }

    private static String ids(String names) {
      return names.replaceAll("[a-z]", "$0#1");
    }

    @Test
    void the_dead_and_earlier_starts_are_gone_and_the_unknown_strangers() {
      var views = views("a", "a#1 b#2 c#1-", "a#1 b#1 c#1 x#5");

      assertThat(views.gone()).containsExactly("b#1", "c#1");
      assertThat(views.strangers()).containsExactly("x#5");
      assertThat(views.missing()).containsExactly("b#2");
    }
  }

  @Nested
  class Repair {

    private ViewRepair repair = ViewRepair.within(BOUND);

    private ViewRepair.Action look(Views views, long atSeconds) {
      var step = repair.compare(views, seconds(atSeconds));
      repair = step.next();
      return step.action();
    }

    @ParameterizedTest(name = "{0}: after {3} s {4}")
    @CsvSource({
      "smaller part, c, a#1 b#1 c#1;c#1, 29, Leave",
      "smaller part, c, a#1 b#1 c#1;c#1, 30, Rebuild",
      "smaller part with the first node, a, a#1 b#1 c#1;a#1, 59, Leave",
      "smaller part with the first node, a, a#1 b#1 c#1;a#1, 60, Rebuild",
      "larger part, a, a#1 b#1 c#1;a#1 b#1, 3600, Leave",
      "a ghost at the oldest, a, a#1 b#1 c#1-;a#1 b#1 c#1, 1, Suspect",
      "a ghost at the oldest, a, a#1 b#1 c#1-;a#1 b#1 c#1, 30, Rebuild",
      "a ghost at a younger one, b, a#1 b#1 c#1-;a#1 b#1 c#1, 59, Suspect",
      "a ghost at a younger one, b, a#1 b#1 c#1-;a#1 b#1 c#1, 60, Rebuild",
      "a stranger, b, a#1 b#1;a#1 b#1 x#1, 14, Leave",
      "a stranger, b, a#1 b#1;a#1 b#1 x#1, 15, Suspect",
      "a joiner that gossip knows, b, a#1 b#1 x#1?;a#1 b#1 x#1, 3600, Leave",
    })
    void waits_tells_and_starts_again(
        String what, String self, String both, long afterSeconds, String action) {
      var views = views(self, both.split(";", -1)[0], both.split(";", -1)[1]);
      look(views, 100);

      assertThat(look(views, 100 + afterSeconds).getClass().getSimpleName())
          .as(what)
          .isEqualTo(action);
    }

    @Test
    void time_begins_anew_after_agreement() {
      look(views("c", "a#1 b#1 c#1", "c#1"), 0);
      look(views("c", "a#1 b#1 c#1", "a#1 b#1 c#1"), 29);

      assertThat(look(views("c", "a#1 b#1 c#1", "c#1"), 31)).isEqualTo(new ViewRepair.Leave());
      assertThat(repair.lasting(seconds(41))).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void a_repair_that_did_not_help_is_tried_again_after_the_bound_and_the_difference_counts_on() {
      var views = views("c", "a#1 b#1 c#1", "c#1");
      look(views, 0);
      assertThat(look(views, 30)).isInstanceOf(ViewRepair.Rebuild.class);

      assertThat(look(views, 31)).isEqualTo(new ViewRepair.Leave());
      assertThat(look(views, 60)).isInstanceOf(ViewRepair.Rebuild.class);
      assertThat(repair.lasting(seconds(61))).isEqualTo(Duration.ofSeconds(61));
    }

    @Test
    void a_member_that_ended_differs_until_the_next_one_agrees() {
      repair = repair.ended(seconds(10));
      assertThat(repair.lasting(seconds(15))).isEqualTo(Duration.ofSeconds(5));

      // The next one joined late, which is no reason to end it at once.
      assertThat(look(views("c", "a#1 c#1", "c#1"), 39)).isEqualTo(new ViewRepair.Leave());
      look(views("c", "a#1 c#1", "a#1 c#1"), 40);
      assertThat(repair.lasting(seconds(50))).isZero();
    }
  }
}
