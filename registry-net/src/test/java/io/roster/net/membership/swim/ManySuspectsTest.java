package io.roster.net.membership.swim;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.core.identity.NodeName;
import io.roster.net.membership.GossipOptions;
import io.roster.net.membership.Member;
import io.roster.net.membership.MemberState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What a node does when many are silent at once, as after a cut. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ManySuspectsTest extends OneMachine {

  private final List<Member> crowd =
      IntStream.range(0, 30).mapToObj(i -> member("crowd" + i, 1, 0)).toList();

  @BeforeEach
  void a_node_among_many() {
    know(OTHER);
    packet(OTHER, new Packet.News(), crowd.stream().map(Rumor.Told::new).toArray(Rumor[]::new));
    run(new ArrayList<>(), 10_000_000_000L);
  }

  @Test
  void accusers_who_shorten_nothing_are_not_passed_on() {
    var suspect = crowd.getFirst();
    var accusers = crowd.subList(10, 19).stream().map(member -> member.id().name()).toList();

    var effects = new ArrayList<>(accuse(suspect, accusers));
    run(effects, 1_000_000_000L);

    assertThat(accusations(effects, suspect))
        .isNotEmpty()
        .allMatch(passed -> passed.accusers().equals(accusers.subList(0, confirmed())));
  }

  @Test
  void an_accuser_more_is_no_news() {
    var suspect = crowd.getFirst();
    var accusers = crowd.subList(10, 19).stream().map(member -> member.id().name()).toList();
    run(new ArrayList<>(accuse(suspect, accusers.subList(0, confirmed()))), 500_000_000L);

    var effects = new ArrayList<>(accuse(suspect, accusers));
    run(effects, 500_000_000L);

    // What the suspect itself is told names this node alone.
    assertThat(accusations(effects, suspect))
        .filteredOn(passed -> passed.accusers().size() > 1)
        .isEmpty();
  }

  @Test
  void a_failure_has_a_dozen_others_looked_at() {
    var effects = new ArrayList<>(step(new Input.Check(crowd.getFirst().id().name())));
    while (state(crowd.getFirst()) == MemberState.ALIVE) {
      now = swim.wakeAtNanos();
      effects.clear();
      effects.addAll(step(new Input.Wake()));
    }

    assertThat(asked(effects)).hasSize(12);
  }

  @Test
  void where_few_are_left_to_verify_each_of_them_does() {
    int few = GossipOptions.lan().refutation().verifiers();
    var found = crowd.subList(few, 30);
    found.forEach(member -> accuse(member, List.of(SELF.id().name())));

    var effects = new ArrayList<Effect>();
    var told = crowd.subList(0, few);
    told.forEach(member -> effects.addAll(accuse(member, List.of(OTHER.id().name()))));

    assertThat(asked(effects)).containsAll(told);
  }

  private static int confirmed() {
    return GossipOptions.lan().suspicion().confirmations() + 1;
  }

  private List<Effect> accuse(Member suspect, List<NodeName> accusers) {
    return packet(
        OTHER,
        new Packet.News(),
        new Rumor.Accused(suspect.id(), suspect.version(), MemberState.SUSPECT, accusers));
  }

  private static List<Rumor.Accused> accusations(List<Effect> effects, Member about) {
    var accusations = new ArrayList<Rumor.Accused>();
    for (Effect effect : effects) {
      if (effect instanceof Effect.Send(_, var packet)) {
        for (Rumor rumor : packet.rumors()) {
          if (rumor instanceof Rumor.Accused accused && accused.about().equals(about.id())) {
            accusations.add(accused);
          }
        }
      }
    }
    return accusations;
  }

  private Set<Member> asked(List<Effect> effects) {
    var others = new ArrayList<>(crowd);
    others.add(OTHER);
    var asked = new HashSet<Member>();
    for (Member member : others) {
      if (!bodies(sentTo(effects, member), Packet.Ping.class).isEmpty()) {
        asked.add(member);
      }
    }
    return asked;
  }

  private void run(List<Effect> into, long nanos) {
    long until = now + nanos;
    while (swim.wakeAtNanos() < until) {
      now = Math.max(now, swim.wakeAtNanos());
      into.addAll(step(new Input.Wake()));
    }
    now = until;
  }
}
