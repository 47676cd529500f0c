package io.roster.node.names.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.core.identity.ProcessName;
import io.roster.core.naming.Registration;
import io.roster.node.names.claim.Resolver;
import io.roster.node.names.store.StoredName;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class HealTest {

  private static final ProcessName ORDERS = new ProcessName("orders");

  private static SimNames cluster(Resolver resolver, String... names) {
    var cluster = new SimNames(1, resolver, names);
    cluster.runFor(1_000);
    return cluster;
  }

  // case 29, case 48
  @Test
  void the_older_claim_stands_everywhere_and_the_loser_is_told() {
    var cluster = cluster(Resolver.KEEP_OLDER, "a", "b", "c");
    cluster.split(Set.of("a"));
    cluster.runFor(3_000);
    var older = cluster.on("b").spawn();
    cluster.on("b").register(ORDERS, older);
    cluster.runFor(1_000);
    var newer = cluster.on("a").spawn();
    cluster.on("a").register(ORDERS, newer);
    cluster.runFor(1_000);

    cluster.heal();
    cluster.runFor(5_000);

    for (var node : cluster.nodes()) {
      assertThat(node.standing(ORDERS).owner()).isEqualTo(older);
      assertThat(node.settled).isNotEmpty();
    }
    assertThat(cluster.on("a").told).containsExactly(newer);
    assertThat(cluster.on("b").told).isEmpty();
    assertThat(cluster.on("a").alive).isEmpty();
  }

  @Test
  void the_winner_ends_with_an_epoch_above_every_loser_and_in_the_arbiter() {
    var cluster = cluster(Resolver.KEEP_OLDER, "a", "b", "c");
    var pid = cluster.on("b").spawn();
    cluster.on("b").register(ORDERS, pid);
    cluster.runFor(1_000);
    cluster.split(Set.of("a"));
    cluster.runFor(3_000);
    var usurper = cluster.on("a").spawn();
    cluster.on("a").register(ORDERS, usurper);
    cluster.runFor(1_000);
    long usurped = cluster.on("a").standing(ORDERS).epoch();

    cluster.heal();
    cluster.runFor(5_000);

    var standing = cluster.on("c").standing(ORDERS);
    assertThat(standing.owner()).isEqualTo(pid);
    assertThat(standing.epoch()).isGreaterThan(usurped);
    assertThat(cluster.store("a").read(ORDERS)).contains(new StoredName.Held(standing));
  }

  @Test
  void a_name_given_up_during_the_split_does_not_come_back() {
    var cluster = cluster(Resolver.KEEP_OLDER, "a", "b", "c");
    var pid = cluster.on("a").spawn();
    cluster.on("a").register(ORDERS, pid);
    cluster.runFor(1_000);
    cluster.split(Set.of("a"));
    cluster.runFor(3_000);
    cluster.on("a").unregister(ORDERS, pid);
    cluster.runFor(500);

    cluster.heal();
    cluster.runFor(20_000);

    for (var node : cluster.nodes()) {
      assertThat(node.published).doesNotContainKey(ORDERS);
    }
    assertThat(cluster.store("a").read(ORDERS).orElseThrow().isHeld()).isFalse();
  }

  // case 33, case 39
  @Test
  void one_owner_known_on_both_sides_is_no_conflict() {
    var cluster = cluster(Resolver.KEEP_OLDER, "a", "b", "c");
    var pid = cluster.on("a").spawn();
    cluster.on("a").register(ORDERS, pid);
    cluster.runFor(1_000);

    cluster.split(Set.of("a"));
    cluster.runFor(3_000);
    assertThat(cluster.on("b").published).doesNotContainKey(ORDERS);
    cluster.heal();
    cluster.runFor(5_000);

    for (var node : cluster.nodes()) {
      assertThat(node.standing(ORDERS).owner()).isEqualTo(pid);
      assertThat(node.settled).isEmpty();
      assertThat(node.told).isEmpty();
    }
  }

  // case 32
  @Test
  void seven_isolated_claims_end_with_one_survivor() {
    var names = new String[] {"a", "b", "c", "d", "e", "f", "g"};
    var cluster = cluster(Resolver.KEEP_OLDER, names);
    for (int i = 1; i < names.length; i++) {
      cluster.split(Set.of(names[i]));
    }
    cluster.runFor(3_000);
    for (var name : names) {
      cluster.on(name).register(ORDERS, cluster.on(name).spawn());
      cluster.runFor(10);
    }
    cluster.runFor(1_000);

    cluster.heal();
    cluster.runFor(6_000);

    var survivors = new ArrayList<>();
    cluster.nodes().forEach(node -> survivors.addAll(node.alive));
    assertThat(survivors).hasSize(1);
    for (var node : cluster.nodes()) {
      assertThat(node.standing(ORDERS).owner()).isEqualTo(survivors.getFirst());
    }
    assertThat(cluster.nodes().stream().mapToInt(node -> node.told.size()).sum()).isEqualTo(6);
  }

  // case 30 (notify all)
  @Test
  void with_keep_none_every_owner_is_told_and_the_name_is_free() {
    var cluster = cluster(Resolver.KEEP_NONE, "a", "b", "c");
    cluster.split(Set.of("a"));
    cluster.split(Set.of("b"));
    cluster.runFor(3_000);
    for (var name : List.of("a", "b", "c")) {
      cluster.on(name).register(ORDERS, cluster.on(name).spawn());
    }
    cluster.runFor(1_000);

    cluster.heal();
    cluster.runFor(10_000);

    for (var node : cluster.nodes()) {
      assertThat(node.published).doesNotContainKey(ORDERS);
      assertThat(node.told).hasSize(1);
      assertThat(node.alive).isEmpty();
    }
    var next = cluster.on("c").spawn();
    long request = cluster.on("c").register(ORDERS, next);
    cluster.runFor(1_000);
    assertThat(cluster.on("c").answers.get(request))
        .isEqualTo(new Registration.Registered(ORDERS, next));
  }

  // case 49
  @Test
  void other_names_of_a_loser_go_when_it_ends() {
    var other = new ProcessName("invoices");
    var cluster = cluster(Resolver.KEEP_OLDER, "a", "b");
    cluster.split(Set.of("b"));
    cluster.runFor(3_000);
    cluster.on("a").register(ORDERS, cluster.on("a").spawn());
    cluster.runFor(100);
    var loser = cluster.on("b").spawn();
    cluster.on("b").register(ORDERS, loser);
    cluster.on("b").register(other, loser);
    cluster.runFor(1_000);

    cluster.heal();
    cluster.runFor(6_000);

    assertThat(cluster.on("a").published).containsOnlyKeys(ORDERS);
    assertThat(cluster.on("b").published).containsOnlyKeys(ORDERS);
  }

  @Test
  void a_thousand_disputed_names_are_settled_within_a_second_of_contact() {
    var cluster = cluster(Resolver.KEEP_OLDER, "a", "b", "c", "d", "e");
    cluster.split(Set.of("d", "e"));
    cluster.runFor(3_000);
    for (int i = 0; i < 1_000; i++) {
      var name = new ProcessName("n" + i);
      cluster.on("a").register(name, cluster.on("a").spawn());
      cluster.on("e").register(name, cluster.on("e").spawn());
    }
    cluster.runFor(3_000);
    int before = cluster.messages();

    cluster.heal();
    long millis =
        cluster.runUntil(
            "one owner for each name",
            () -> cluster.nodes().stream().allMatch(HealTest::ownedByAOrE));

    assertThat(millis).isLessThan(1_000);
    assertThat(cluster.messages() - before).isLessThan(1_000);
  }

  private static boolean ownedByAOrE(SimNames.Node node) {
    return node.published.size() == 1_000
        && node.settled.size() >= 1_000
        && node.table.report().disputes() == 0;
  }
}
