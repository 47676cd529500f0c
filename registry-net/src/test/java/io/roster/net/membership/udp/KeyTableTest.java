package io.roster.net.membership.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import io.roster.net.membership.udp.KeyRotation.Despite;
import io.roster.net.membership.wire.KeyCodec;
import io.roster.net.membership.wire.KeyOrder;
import io.roster.net.membership.wire.KeyReport;
import io.roster.net.membership.wire.MalformedGossip;
import io.roster.net.membership.wire.StreamCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What may be done with keys, and what would cut somebody off. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class KeyTableTest {

  private static final NodeId AWAY = id("z");

  private static NodeId id(String name) {
    return new NodeId(new NodeName(name), 1);
  }

  /*
   * "1 2;1>3;-": a has the keys 1 and 2, also after a restart, and seals with 1, b has 1 and would
   * begin again with 3, c does not answer.
   */
  private static KeyTable table(String words, NodeId... away) {
    var rows = new ArrayList<KeyTable.Row>();
    char name = 'a';
    for (var word : words.split(";", -1)) {
      boolean silent = word.equals("-");
      var now = word.split(">", -1)[0];
      var next = word.substring(word.indexOf('>') + 1);
      rows.add(
          new KeyTable.Row(
              id(String.valueOf(name++)),
              silent ? List.of() : keys(now),
              silent ? List.of() : keys(next),
              silent ? "no route to host" : ""));
    }
    return new KeyTable(rows, List.of(away));
  }

  private static List<Integer> keys(String word) {
    return Arrays.stream(word.split(" ", -1))
        .filter(key -> !key.isEmpty())
        .map(Integer::valueOf)
        .toList();
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({"1;1;1, true", "1 2;1 2, true", "1 2;2 1, false", "1 2;1, false", "1;-, false"})
  void members_agree_if_all_have_the_same_keys_and_seal_with_the_same(String keys, boolean agreed) {
    assertThat(table(keys).agreed()).isEqualTo(agreed);
  }

  @ParameterizedTest(name = "use 2 of {0}: {1}")
  @CsvSource(
      delimiter = '|',
      nullValues = "allowed",
      value = {
        "1 2;1 2|allowed",
        "2 1;1 2|allowed",
        "1 2;1|expected a key that every member has, got: 00000002, lacking at b#1",
        "1;1|expected a key that every member has, got: 00000002, lacking at a#1, b#1",
        "1 2;-|expected every member to say that the key is there, got no answer from b#1",
        "1 2;1 2>2 3|allowed",
        "2 1>1 2;1 2|allowed",
        "1 2;1 2>1|expected a key that every member would have again after a restart"
            + " (even-if-not-kept goes on without), got: 00000002, lacking then at b#1",
        "1 2;1 2>|expected a key that every member would have again after a restart"
            + " (even-if-not-kept goes on without), got: 00000002, lacking then at b#1",
      })
  void nobody_seals_with_a_key_that_somebody_lacks(String keys, String refusal) {
    assertThat(table(keys).againstUse(2, Set.of())).isEqualTo(Optional.ofNullable(refusal));
  }

  @ParameterizedTest(name = "remove 1 of {0}: {1}")
  @CsvSource(
      delimiter = '|',
      nullValues = "allowed",
      value = {
        "2 1;2 1|allowed",
        "2 1;2|allowed",
        "2 1;1 2|expected a key that nobody seals with, got: 00000001, sealing at b#1",
        "2;2|expected a key that a member has, got: 00000001",
        "2 1;-|expected every member to say that nothing is sealed with the key, got no answer from"
            + " b#1",
        "2 1>2;2 1>2 1|allowed",
        "2 1;2 1>1 2|expected a key that nobody would seal with again after a restart"
            + " (even-if-not-kept goes on without), got: 00000001, sealing then at b#1",
      })
  void nobody_drops_a_key_that_is_still_needed(String keys, String refusal) {
    assertThat(table(keys).againstRemoval(1, Set.of())).isEqualTo(Optional.ofNullable(refusal));
  }

  @Test
  void a_member_that_is_down_may_need_the_key_unless_the_operator_says_otherwise() {
    var table = table("2 1;2 1", AWAY);

    assertThat(table.againstRemoval(1, Set.of()).orElse(""))
        .contains("when it comes back (even-if-away shuts it out)", "z#1");
    assertThat(table.againstRemoval(1, Set.of(Despite.AWAY))).isEmpty();
  }

  @Test
  void a_member_that_is_away_may_lack_the_key_that_all_others_would_seal_with() {
    var table = table("1 2;1 2", AWAY);

    assertThat(table.againstUse(2, Set.of()).orElse(""))
        .contains("may lack the key when it comes back", "z#1");
    assertThat(table.againstUse(2, Set.of(Despite.AWAY))).isEmpty();
  }

  @Test
  void keys_that_a_restart_would_lose_are_used_and_removed_if_the_operator_says_so() {
    var notKept = Set.of(Despite.NOT_KEPT);

    assertThat(table("1 2;1 2>1").againstUse(2, notKept)).isEmpty();
    assertThat(table("2 1;2 1>1").againstRemoval(1, notKept)).isEmpty();
    assertThat(table("1 2;1 2>1", AWAY).againstUse(2, notKept).orElse("")).contains("z#1");
    assertThat(table("1;1 2>1").againstUse(2, notKept).orElse("")).contains("lacking at a#1");
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({"1 2, true", "1 2>1 2 3, true", "1 2>1, false", "1 2>2 1, false", "1 2>, false"})
  void keys_are_kept_if_a_restart_begins_with_all_of_them_and_seals_with_the_same(
      String keys, boolean kept) {
    assertThat(table(keys).rows().getFirst().kept()).isEqualTo(kept);
  }

  @Test
  void the_next_start_begins_with_what_is_kept_before_what_it_is_given(@TempDir Path folder) {
    var memory = new NodeMemory(folder, AWAY.name());
    var given = new AtomicReference<>(Keyring.of(GossipKey.generate()));
    var keys = new Keys(AWAY, given.get(), Optional.of(memory), given::get);
    var list = KeyOrder.of(KeyOrder.Verb.LIST, 0);
    var before = keys.perform(list);
    var next = GossipKey.generate();
    keys.perform(new KeyOrder(KeyOrder.Verb.INSTALL, next.id(), next.secret()));
    given.set(Keyring.of(next));

    assertThat(before.nextKeyIds()).isEqualTo(before.keyIds()).hasSize(1);
    assertThat(keys.perform(list).nextKeyIds())
        .isEqualTo(keys.ring().ids())
        .hasSize(2)
        .contains(next.id());
  }

  @Test
  void the_next_start_begins_with_what_it_is_given_then_and_with_nothing_if_that_cannot_be_read() {
    var given = new AtomicReference<>(Keyring.of(GossipKey.generate()));
    var keys =
        new Keys(
            AWAY,
            given.get(),
            Optional.empty(),
            () -> {
              if (given.get().isInsecure()) {
                throw new IllegalArgumentException("expected a file that can be read");
              }
              return given.get();
            });
    var list = KeyOrder.of(KeyOrder.Verb.LIST, 0);
    given.set(given.get().with(GossipKey.generate()));
    var changed = keys.perform(list);
    given.set(Keyring.insecure());

    assertThat(changed.nextKeyIds()).hasSize(2).startsWith(changed.keyIds().getFirst());
    assertThat(keys.perform(list).nextKeyIds()).isEmpty();
    assertThat(keys.perform(list).refusal()).isEmpty();
  }

  @Test
  void keys_that_cannot_be_written_are_refused_and_change_nothing(@TempDir Path folder)
      throws IOException {
    var notDirectory = Files.createFile(folder.resolve("file"));
    var memory = new NodeMemory(notDirectory, AWAY.name());
    var old = Keyring.of(GossipKey.generate());
    var keys = new Keys(AWAY, old, Optional.of(memory), () -> old);
    var next = GossipKey.generate();

    var report = keys.perform(new KeyOrder(KeyOrder.Verb.INSTALL, next.id(), next.secret()));

    assertThat(report.refusal()).contains("expected a data directory");
    assertThat(report.keyIds()).isEqualTo(old.ids());
    assertThat(keys.ring()).isEqualTo(old);
  }

  @Nested
  class Ring {

    private final GossipKey one = GossipKey.generate();
    private final GossipKey two = GossipKey.generate();

    @Test
    void a_key_is_taken_in_last_used_first_and_dropped() {
      var both = Keyring.of(one).with(two);
      assertThat(both.keys()).containsExactly(one, two);
      assertThat(both.with(two)).isEqualTo(both);

      var used = both.sealingWith(two.id());
      assertThat(used.keys()).containsExactly(two, one);
      assertThat(used.without(one.id()).keys()).containsExactly(two);
      assertThat(used.without(one.id()).without(one.id()).keys()).containsExactly(two);
    }

    @Test
    void what_would_leave_nothing_to_seal_with_is_refused() {
      var ring = Keyring.of(one);

      assertThatThrownBy(() -> ring.without(one.id()))
          .hasMessageContaining("expected a key that this node does not seal with");
      assertThatThrownBy(() -> ring.sealingWith(two.id()))
          .hasMessageContaining("expected a key that is installed");
      assertThatThrownBy(() -> Keyring.insecure().with(one))
          .hasMessageContaining("expected a cluster that has keys");
    }

    @Test
    void a_ring_of_eight_takes_no_more() {
      var ring = Keyring.of(one);
      for (int i = 0; i < 7; i++) {
        ring = ring.with(GossipKey.generate());
      }
      var full = ring;

      assertThatThrownBy(() -> full.with(two))
          .hasMessageContaining("expected at most 8 different gossip keys")
          .hasMessageNotContaining(two.encoded());
    }

    @Test
    void ids_are_eight_digits() {
      assertThat(GossipKey.parseId(GossipKey.text(one.id()))).isEqualTo(one.id());
      assertThatThrownBy(() -> GossipKey.parseId("12"))
          .hasMessageContaining("expected the id of a key");
    }
  }

  @Nested
  class Wire {

    @Test
    void orders_and_reports_survive_and_show_no_secret() throws MalformedGossip {
      var key = GossipKey.generate();
      var order = new KeyOrder(KeyOrder.Verb.INSTALL, key.id(), key.secret());
      var report = new KeyReport(AWAY, List.of(7, -9), List.of(-9, 7), "expected this, got: that");

      assertThat(KeyCodec.order(KeyCodec.encode(order))).contains(order);
      assertThat(KeyCodec.report(KeyCodec.encode(report))).isEqualTo(report);
      assertThat(order.toString()).isEqualTo("KeyOrder[INSTALL " + GossipKey.text(key.id()) + "]");
    }

    @Test
    void of_an_older_node_it_is_known_whether_it_keeps_what_it_has() throws Exception {
      var keeps = KeyCodec.encode(new KeyReport(AWAY, List.of(7, 9), List.of(7, 9), ""));
      var loses = KeyCodec.encode(new KeyReport(AWAY, List.of(7, 9), List.of(9), ""));

      assertThat(KeyCodec.report(asBefore(keeps)).nextKeyIds()).containsExactly(7, 9);
      assertThat(KeyCodec.report(asBefore(loses)).nextKeyIds()).isEmpty();
    }

    private static byte[] asBefore(byte[] report) throws Exception {
      var message = io.roster.proto.gossip.StreamMessage.parseFrom(report).toBuilder();
      message.getKeyReportBuilder().clearNextKeyIds();
      return message.build().toByteArray();
    }

    @Test
    void membership_takes_no_order_for_a_message_of_its_own() throws MalformedGossip {
      var order = KeyCodec.encode(KeyOrder.of(KeyOrder.Verb.LIST, 0));

      assertThatThrownBy(() -> StreamCodec.decode(order)).isInstanceOf(MalformedGossip.class);
      assertThat(KeyCodec.order(new byte[0])).isEmpty();
      assertThatThrownBy(() -> KeyCodec.order(new byte[] {1, 2, 3}))
          .isInstanceOf(MalformedGossip.class);
    }
  }
}
