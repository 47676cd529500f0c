package io.roster.net.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import io.roster.net.transport.netty.OfferRule.Decision;
import io.roster.net.transport.netty.OfferRule.Present;
import io.roster.net.transport.netty.OfferRule.Stage;
import io.roster.net.wire.RefusalCode;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OfferRuleTest {

  private static final long LINK = 42;

  private static NodeId id(String name, long incarnation) {
    return new NodeId(new NodeName(name), incarnation);
  }

  private static String decide(
      String self, long peerStart, long presentStart, Stage stage, Optional<Long> lost) {
    return name(
        OfferRule.decide(
            id(self, 1),
            id("m", peerStart),
            lost,
            Optional.of(new Present(id("m", presentStart), LINK, stage))));
  }

  private static String name(Decision decision) {
    return switch (decision) {
      case Decision.Take() -> "take";
      case Decision.Replace(String _) -> "replace";
      case Decision.Refuse(RefusalCode code, String _) -> code.name();
    };
  }

  @Test
  void an_offer_with_nothing_in_its_way_is_taken() {
    assertThat(OfferRule.decide(id("a", 1), id("m", 1), Optional.empty(), Optional.empty()))
        .isEqualTo(new Decision.Take());
  }

  @Test
  void a_node_of_the_same_name_is_refused() {
    assertThat(name(OfferRule.decide(id("m", 1), id("m", 2), Optional.empty(), Optional.empty())))
        .isEqualTo("SAME_NAME");
  }

  @ParameterizedTest(name = "{0}, offer of start {1}, start {2} {3}: {4}")
  @CsvSource({
    "a, 2, 1, UP, replace",
    "a, 2, 1, DIALLED, replace",
    "a, 2, 1, TAKEN, replace",
    "a, 1, 2, UP, STALE",
    "a, 1, 2, TAKEN, STALE",
    "a, 1, 1, TAKEN, replace",
    "a, 1, 1, UNANSWERED, replace",
    "a, 1, 1, UP, CROSSED",
    "z, 1, 1, UP, CROSSED",
    "a, 1, 1, DIALLED, CROSSED",
    "z, 1, 1, DIALLED, replace"
  })
  void an_offer_against_a_present_link(
      String self, long offered, long present, Stage stage, String expected) {
    assertThat(decide(self, offered, present, stage, Optional.empty())).isEqualTo(expected);
  }

  @Test
  void a_link_that_the_peer_says_it_has_lost_is_replaced() {
    assertThat(decide("a", 1, 1, Stage.UP, Optional.of(LINK))).isEqualTo("replace");
    assertThat(decide("a", 1, 1, Stage.UP, Optional.of(7L))).isEqualTo("CROSSED");
  }

  @ParameterizedTest(name = "dials {0} and {1} under way")
  @CsvSource({"a, b", "b, a", "n1, n10"})
  void of_two_dials_under_way_exactly_one_goes_on(String one, String other) {
    var atOne = judgeCrossing(one, other);
    var atOther = judgeCrossing(other, one);

    assertThat(new String[] {atOne, atOther}).containsExactlyInAnyOrder("CROSSED", "replace");
  }

  private static String judgeCrossing(String self, String peer) {
    return name(
        OfferRule.decide(
            id(self, 1),
            id(peer, 1),
            Optional.empty(),
            Optional.of(new Present(id(peer, 1), LINK, Stage.DIALLED))));
  }
}
