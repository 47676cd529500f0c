package io.roster.testkit.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.testkit.drill.Event.Agreed;
import io.roster.testkit.drill.Event.Cut;
import io.roster.testkit.drill.Event.Ended;
import io.roster.testkit.drill.Event.Granted;
import io.roster.testkit.drill.Event.Healed;
import io.roster.testkit.drill.Event.Removed;
import io.roster.testkit.drill.Event.SawDown;
import io.roster.testkit.drill.Event.Told;
import io.roster.testkit.drill.Event.Undecided;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/**
 * Three nodes, one to a side. {@code kept} is on node 1, {@code fought} was taken on every side and
 * node 1 keeps it, {@code gone} was given up on node 2: a drill that passes. Each test spoils one
 * thing.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PartitionCheckerTest {

  private static final Split SPLIT = Split.parse("1,1,1", 3);
  private static final long SECOND = 1_000_000_000L;

  private static final Claim KEPT = new Claim(1, "kept", 1);
  private static final Claim GONE = new Claim(2, "gone", 2);
  private static final Claim FOUGHT_1 = new Claim(3, "fought", 1);
  private static final Claim FOUGHT_2 = new Claim(4, "fought", 2);
  private static final Claim FOUGHT_3 = new Claim(5, "fought", 3);

  private final List<History.Entry> history = new ArrayList<>();
  private final Map<Integer, Map<String, String>> replicas = new TreeMap<>();
  private final Set<Integer> alive = new TreeSet<>();

  @BeforeEach
  void arrange_a_drill_that_passes() {
    at(1, new Granted(KEPT, "p1"));
    at(1, new Granted(GONE, "p2"));
    at(10, new Cut());
    for (int observer = 1; observer <= 3; observer++) {
      for (int subject = 1; subject <= 3; subject++) {
        if (observer != subject) {
          at(10 + observer, new SawDown(observer, subject));
        }
      }
    }
    at(14, new Granted(FOUGHT_1, "p3"));
    at(14, new Granted(FOUGHT_2, "p4"));
    at(14, new Granted(FOUGHT_3, "p5"));
    at(15, new Removed(GONE));
    at(15, new Ended(GONE, "normal"));
    at(20, new Healed());
    at(21, new Told(FOUGHT_2, "p3"));
    at(21, new Told(FOUGHT_3, "p3"));
    at(21, new Ended(FOUGHT_2, "conflict"));
    at(22, new Agreed());
    for (int node = 1; node <= 3; node++) {
      replicas.put(node, new HashMap<>(Map.of("kept", "p1", "fought", "p3")));
    }
    alive.addAll(Set.of(1, 3));
  }

  @Test
  void a_flawless_drill_passes_with_its_counts() {
    assertThat(check().complaints()).isEmpty();
    assertThat(check().toJson())
        .isEqualTo(
            "{\"verdict\":\"pass\",\"nodes\":3,\"names\":2,\"conflicts\":1,\"losers\":2,"
                + "\"losersTold\":2,\"one\":2,\"none\":0,\"many\":0,\"removedBack\":0,"
                + "\"replicasEqual\":true,\"detectMs\":3000,\"healMs\":2000}");
  }

  @Test
  void a_loser_that_was_never_told_fails_it() {
    forget(new Told(FOUGHT_3, "p3"));

    assertThat(check().losersTold()).isOne();
    assertComplaint("2 claims had to give way, 1 were told once");
  }

  @Test
  void a_loser_that_was_told_twice_fails_it() {
    at(23, new Told(FOUGHT_3, "p3"));

    assertComplaint("1 name whose loser was told more than once: fought");
  }

  @Test
  void an_owner_that_was_told_that_it_lost_fails_it() {
    at(23, new Told(FOUGHT_1, "p4"));

    assertComplaint("1 name whose owner was told that it lost: fought");
  }

  @Test
  void a_loser_that_lives_on_fails_it() {
    alive.add(FOUGHT_2.id());

    assertThat(check().many()).isOne();
    assertComplaint("1 name with more than one owner: fought");
  }

  @Test
  void replicas_that_name_different_owners_fail_it() {
    replicas.put(3, Map.of("kept", "p1", "fought", "p5"));

    assertThat(check().many()).isOne();
    assertThat(check().replicasEqual()).isFalse();
    assertComplaint("replicas differ");
  }

  @Test
  void a_name_that_a_replica_lacks_fails_it() {
    replicas.put(2, Map.of("fought", "p3"));

    assertThat(check().none()).isOne();
    assertComplaint("1 name without an owner everywhere: kept");
  }

  @Test
  void a_name_whose_owner_is_dead_fails_it() {
    alive.remove(KEPT.id());
    at(23, new Ended(KEPT, "killed"));

    assertThat(check().none()).isOne();
    assertComplaint("1 name whose holder ended without being told: kept (killed)");
  }

  @Test
  void a_name_that_everybody_lost_fails_it() {
    alive.remove(FOUGHT_1.id());
    at(23, new Told(FOUGHT_1, "p4"));

    assertThat(check().none()).isOne();
    assertComplaint("2 claims had to give way, 3 were told once");
  }

  @Test
  void replicas_that_agree_on_a_dead_owner_fail_it() {
    replicas.values().forEach(replica -> replica.put("fought", "p4"));

    assertThat(check().none()).isOne();
  }

  @Test
  void a_removed_name_that_is_back_fails_it() {
    replicas.values().forEach(replica -> replica.put("gone", "p2"));

    assertThat(check().removedBack()).isOne();
    assertComplaint("1 name given up and back again: gone");
  }

  @Test
  void a_removed_name_that_another_side_took_belongs_to_it() {
    var again = new Claim(6, "gone", 3);
    at(16, new Granted(again, "p6"));
    replicas.values().forEach(replica -> replica.put("gone", "p6"));
    alive.add(again.id());

    assertThat(check().isPass()).isTrue();
    assertThat(check().names()).isEqualTo(3);
  }

  @Test
  void two_grants_on_one_side_fail_it_whatever_comes_of_them() {
    var rival = new Claim(6, "fought", 1);
    at(14, new Granted(rival, "p6"));
    at(21, new Told(rival, "p3"));

    assertComplaint("1 name granted twice on one side: fought");
  }

  @Test
  void a_claim_without_an_answer_fails_it() {
    at(16, new Undecided(new Claim(6, "late", 1), "timed out"));

    assertComplaint("1 name with a claim that got no answer: late");
  }

  @Test
  void a_node_that_noticed_nothing_fails_a_long_cut() {
    forget(new SawDown(2, 3));

    assertThat(check().detectMs()).isEmpty();
    assertComplaint("while the network was cut node 2 did not see node 3 go");
  }

  @Test
  void a_node_that_noticed_only_after_the_heal_did_not_notice_the_cut() {
    forget(new SawDown(2, 3));
    at(21, new SawDown(2, 3));

    assertThat(check().detectMs()).isEmpty();
  }

  @Test
  void a_cut_that_is_over_before_anybody_can_notice_passes_without_a_time() {
    history.removeIf(entry -> entry.event() instanceof SawDown);
    history.removeIf(entry -> entry.event() instanceof Healed);
    at(12, new Healed());

    assertThat(check().isPass()).isTrue();
    assertThat(check().toJson()).contains("\"detectMs\":null");
  }

  @Test
  void replicas_that_never_agreed_fail_it() {
    forget(new Agreed());

    assertThat(check().healMs()).isEmpty();
    assertComplaint("the replicas never agreed on one owner each");
  }

  @Test
  void a_drill_without_conflicts_proves_nothing() {
    var verdict = PartitionChecker.check(SPLIT, history, new FinalState(replicas, alive), 2);

    assertThat(verdict.complaints()).contains("1 contested names, expected at least 2");
    assertThat(verdict.toJson()).startsWith("{\"verdict\":\"fail\"");
  }

  @Test
  void replicas_agree_when_they_are_equal_and_have_what_they_should() {
    assertThat(PartitionChecker.agree(history, replicas)).isTrue();

    replicas.values().forEach(replica -> replica.put("gone", "p2"));
    assertThat(PartitionChecker.agree(history, replicas)).isFalse();

    replicas.values().forEach(replica -> replica.remove("gone"));
    replicas.values().forEach(replica -> replica.remove("kept"));
    assertThat(PartitionChecker.agree(history, replicas)).isFalse();
  }

  private PartitionVerdict check() {
    return PartitionChecker.check(SPLIT, history, new FinalState(replicas, alive), 1);
  }

  private void assertComplaint(String complaint) {
    assertThat(check().isPass()).isFalse();
    assertThat(check().complaints()).contains(complaint);
  }

  private void at(long seconds, Event event) {
    history.add(new History.Entry(seconds * SECOND, event));
  }

  private void forget(Event event) {
    assertThat(history.removeIf(entry -> entry.event().equals(event))).isTrue();
  }
}
