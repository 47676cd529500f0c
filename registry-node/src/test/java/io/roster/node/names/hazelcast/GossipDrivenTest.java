package io.roster.node.names.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import io.roster.net.membership.Member;
import io.roster.net.membership.MemberState;
import io.roster.net.membership.NodeMetadata;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class GossipDrivenTest {

  private static final InetSocketAddress ADDRESS =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);

  private static NodeId id(String name) {
    return new NodeId(new NodeName(name), 1);
  }

  private static Member member(String name, MemberState state, boolean ready) {
    return new Member(
        id(name),
        ADDRESS,
        state,
        1,
        NodeMetadata.PLAIN.withArbiter(ADDRESS).withArbiterReady(ready));
  }

  @Nested
  class WhoFounds {

    @Test
    void the_first_name_founds_if_nobody_has_joined() {
      var members =
          List.of(member("a", MemberState.ALIVE, false), member("b", MemberState.ALIVE, false));

      assertThat(Founding.decide(id("a"), members)).isEqualTo(Founding.FOUND);
      assertThat(Founding.decide(id("b"), members)).isEqualTo(Founding.WAIT);
    }

    @Test
    void whoever_finds_one_that_has_joined_joins_it_even_if_first() {
      var members =
          List.of(member("a", MemberState.ALIVE, false), member("b", MemberState.ALIVE, true));

      assertThat(Founding.decide(id("a"), members)).isEqualTo(Founding.JOIN);
    }

    @Test
    void the_dead_neither_found_nor_are_joined() {
      var members =
          List.of(member("a", MemberState.DEAD, true), member("b", MemberState.ALIVE, false));

      assertThat(Founding.decide(id("b"), members)).isEqualTo(Founding.FOUND);
    }

    @Test
    void a_node_that_withdrew_keeps_nobody_waiting_and_waits_for_who_offers() {
      var members = List.of(withdrawn("a"), member("b", MemberState.ALIVE, false));

      assertThat(Founding.decide(id("b"), members)).isEqualTo(Founding.FOUND);
      assertThat(Founding.decide(id("a"), members)).isEqualTo(Founding.WAIT);
    }

    @Test
    void where_nobody_offers_any_more_everybody_does_again() {
      var members = List.of(withdrawn("a"), withdrawn("b"), member("c", MemberState.DEAD, false));

      assertThat(Founding.decide(id("a"), members)).isEqualTo(Founding.OFFER);
      assertThat(Founding.decide(id("b"), members)).isEqualTo(Founding.OFFER);
    }

    private static Member withdrawn(String name) {
      return new Member(
          id(name),
          ADDRESS,
          MemberState.ALIVE,
          1,
          NodeMetadata.PLAIN.withArbiter(ADDRESS).withoutArbiter());
    }
  }

  @Test
  void portions_come_apart_as_they_were_joined() {
    var portions = List.of(new byte[] {1, 2}, new byte[0], new byte[] {3});

    assertThat(Portions.split(Portions.join(portions))).containsExactlyElementsOf(portions);
    assertThatThrownBy(() -> Portions.split(new byte[] {0, 0, 0, 9, 1}))
        .hasMessageContaining("expected a portion of at most 1 bytes, got: 9");
  }

  @Test
  void a_merge_may_send_the_state_of_the_cluster_and_nobody_may_send_code() {
    var filter = HazelcastConfigs.filter();

    for (var needed :
        List.of("com.hazelcast.cluster.ClusterState", "com.hazelcast.core.MemberLeftException")) {
      assertThat(filter.getWhitelist().isListed(needed)).isTrue();
      assertThat(filter.getBlacklist().isListed(needed)).isFalse();
    }
    assertThat(filter.isDefaultsDisabled()).isTrue();
    assertThat(filter.getWhitelist().isListed("org.apache.commons.collections.Transformer"))
        .isFalse();
    assertThat(filter.getWhitelist().isListed("java.net.URL")).isFalse();
    assertThat(filter.getBlacklist().isListed("com.hazelcast.jet.core.Processor")).isTrue();
  }

  @Test
  void a_wildcard_is_no_address_for_the_name_store() {
    assertThatThrownBy(() -> HazelcastOptions.of("c", new InetSocketAddress("0.0.0.0", 0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected the address of one interface");
  }

  @Test
  void names_of_a_merge_policy_and_a_batch_are_numbers() {
    var types = new NameSerializables();

    assertThat(types.create(NameSerializables.BATCH)).isInstanceOf(NameBatch.class);
    assertThat(types.create(NameSerializables.MERGE_POLICY)).isInstanceOf(NameMergePolicy.class);
    assertThatThrownBy(() -> types.create(99)).hasMessageContaining("got: 99");
  }
}
