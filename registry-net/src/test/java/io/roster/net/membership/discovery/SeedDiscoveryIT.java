package io.roster.net.membership.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import io.roster.core.time.Ticker;
import io.roster.net.membership.GossipOptions;
import io.roster.net.membership.udp.GossipKey;
import io.roster.net.membership.udp.GossipMembership;
import io.roster.net.membership.udp.GossipSettings;
import io.roster.net.membership.udp.Keyring;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Seeds from a DNS server on loopback, and from those who say so themselves. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(120)
class SeedDiscoveryIT {

  private static final NodeName NODE = new NodeName("a");
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  private static InetSocketAddress at(String ip, int port) {
    return new InetSocketAddress(InetAddress.ofLiteral(ip), port);
  }

  @Nested
  class Dns {

    private static final SeedName HEADLESS = new SeedName.Host("roster.test", 7001);
    private static final SeedName SERVICE = new SeedName.Srv("_gossip._udp.roster.test");

    private final TestDns dns = new TestDns();

    @AfterEach
    void end() {
      dns.close();
    }

    private DnsSeeds seeds(SeedName... names) {
      return new DnsSeeds(NODE, List.of(names), Optional.of(dns.address()));
    }

    @Test
    void every_address_of_a_name_is_a_seed_as_with_a_headless_service() {
      dns.hosts.put("roster.test", List.of("10.1.0.1", "10.1.0.2", "10.1.0.3"));
      try (var seeds = seeds(HEADLESS)) {
        assertThat(seeds.find())
            .containsExactlyInAnyOrder(
                at("10.1.0.1", 7001), at("10.1.0.2", 7001), at("10.1.0.3", 7001));
      }
    }

    @Test
    void service_records_tell_hosts_and_ports_the_lowest_priority_first() {
      dns.services.put(
          "_gossip._udp.roster.test",
          List.of(new TestDns.Srv(20, 7009, "n2.test"), new TestDns.Srv(10, 7008, "n1.test")));
      dns.hosts.put("n1.test", List.of("10.1.0.1"));
      dns.hosts.put("n2.test", List.of("10.1.0.2"));
      try (var seeds = seeds(SERVICE)) {
        assertThat(seeds.find()).containsExactly(at("10.1.0.1", 7008), at("10.1.0.2", 7009));
      }
    }

    @Test
    void a_target_that_is_not_known_leaves_the_others() {
      dns.services.put(
          "_gossip._udp.roster.test",
          List.of(new TestDns.Srv(1, 7008, "gone.test"), new TestDns.Srv(1, 7009, "n2.test")));
      dns.hosts.put("n2.test", List.of("10.1.0.2"));
      try (var seeds = seeds(SERVICE)) {
        assertThat(seeds.find()).containsExactly(at("10.1.0.2", 7009));
      }
    }

    @Test
    void a_record_that_cannot_be_read_leaves_the_others() {
      // Priority, weight and port, then a label that is said to be longer than the record.
      byte[] corrupt = {0, 1, 0, 0, 0x1b, 0x58, 40, 'n'};
      dns.raw.put("_gossip._udp.roster.test", List.of(corrupt));
      dns.services.put("_gossip._udp.roster.test", List.of(new TestDns.Srv(1, 7009, "n2.test")));
      dns.hosts.put("n2.test", List.of("10.1.0.2"));
      dns.hosts.put("roster.test", List.of("10.1.0.1"));
      try (var seeds = seeds(SERVICE, HEADLESS)) {
        assertThat(seeds.find()).containsExactly(at("10.1.0.2", 7009), at("10.1.0.1", 7001));

        dns.services.put("_gossip._udp.roster.test", List.of());

        assertThat(seeds.find()).containsExactly(at("10.1.0.2", 7009), at("10.1.0.1", 7001));
      }
    }

    @Test
    void all_names_and_all_targets_are_asked_for_at_once() {
      dns.services.put(
          "_gossip._udp.roster.test",
          List.of(new TestDns.Srv(1, 7008, "n1.test"), new TestDns.Srv(2, 7009, "n2.test")));
      dns.hosts.put("n1.test", List.of("10.1.0.1"));
      dns.hosts.put("n2.test", List.of("10.1.0.2"));
      dns.hosts.put("roster.test", List.of("10.1.0.3"));
      dns.together = Set.of("n1.test", "n2.test", "roster.test");
      try (var seeds = seeds(HEADLESS, SERVICE)) {
        assertThat(seeds.find())
            .containsExactly(at("10.1.0.3", 7001), at("10.1.0.1", 7008), at("10.1.0.2", 7009));
      }
    }

    @Test
    void records_are_looked_up_anew_whatever_time_they_were_to_live() {
      dns.hosts.put("roster.test", List.of("10.1.0.1"));
      try (var seeds = seeds(HEADLESS)) {
        assertThat(seeds.find()).containsExactly(at("10.1.0.1", 7001));

        dns.hosts.put("roster.test", List.of("10.1.0.7", "10.1.0.8"));

        assertThat(seeds.find())
            .containsExactlyInAnyOrder(at("10.1.0.7", 7001), at("10.1.0.8", 7001));
      }
    }

    @Test
    void a_name_that_is_gone_or_a_server_that_is_silent_leaves_what_was_known() {
      dns.hosts.put("roster.test", List.of("10.1.0.1"));
      try (var seeds = seeds(HEADLESS, SERVICE)) {
        assertThat(seeds.find()).containsExactly(at("10.1.0.1", 7001));

        dns.hosts.clear();
        assertThat(seeds.find()).containsExactly(at("10.1.0.1", 7001));

        dns.silent = true;
        assertThat(seeds.find()).containsExactly(at("10.1.0.1", 7001));

        dns.silent = false;
        dns.hosts.put("roster.test", List.of("10.1.0.2"));
        assertThat(seeds.find()).containsExactly(at("10.1.0.2", 7001));
      }
    }

    @Test
    void without_a_server_names_are_looked_up_as_on_this_machine() {
      var unknown = new SeedName.Host("no-such-host.invalid", 7001);
      try (var seeds =
          new DnsSeeds(
              NODE, List.of(new SeedName.Host("127.0.0.1", 7001), unknown), Optional.empty())) {
        assertThat(seeds.find()).containsExactly(at("127.0.0.1", 7001));
      }
    }

    @Test
    void a_node_joins_through_a_record_that_appears_after_its_start() throws IOException {
      var key = Keyring.of(GossipKey.generate());
      try (var seeds = seeds(SERVICE);
          var first = gossip("first", key, List::of);
          var second = gossip("second", key, seeds)) {
        assertThat(second.members()).hasSize(1);

        dns.hosts.put("n1.test", List.of("127.0.0.1"));
        dns.services.put(
            "_gossip._udp.roster.test",
            List.of(new TestDns.Srv(1, first.self().gossipAddress().getPort(), "n1.test")));

        await().atMost(Duration.ofSeconds(60)).until(() -> first.members().size() == 2);
      }
    }

    private static GossipMembership gossip(
        String name, Keyring key, io.roster.net.membership.udp.SeedDiscovery seeds)
        throws IOException {
      return GossipMembership.start(
          GossipSettings.of(
                  new NodeId(new NodeName(name), 1),
                  "test",
                  key,
                  new InetSocketAddress(LOOPBACK, 0))
              .withOptions(GossipOptions.loopback())
              .withSeeds(seeds));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ldap://evil", "a..b", "a b", "a/b", "x.*.y"})
    void what_is_no_name_is_refused(String name) {
      assertThatThrownBy(() -> new SeedName.Srv(name))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("expected a name such as _gossip._udp");
    }
  }

  @Nested
  class Multicast {

    private static final InetSocketAddress GROUP = at("239.77.7.1", 47_077);

    private static MulticastSeeds open(String name, String cluster) throws IOException {
      return MulticastSeeds.open(new NodeName(name), GROUP, LOOPBACK, cluster, Ticker.SYSTEM);
    }

    @Test
    void nodes_of_one_cluster_hear_of_each_other_and_of_nobody_else() throws IOException {
      try (var a = open("a", "one");
          var b = open("b", "one");
          var c = open("c", "two")) {
        a.announce(7001);
        b.announce(7002);
        c.announce(7003);

        await()
            .atMost(Duration.ofSeconds(30))
            .untilAsserted(
                () -> {
                  assertThat(a.find())
                      .containsExactlyInAnyOrder(at("127.0.0.1", 7001), at("127.0.0.1", 7002));
                  assertThat(c.find()).containsExactly(at("127.0.0.1", 7003));
                });
      }
    }

    @Test
    void strangers_cannot_fill_the_list() throws IOException {
      try (var a = open("a", "one");
          var socket = new DatagramSocket(new InetSocketAddress(LOOPBACK, 0))) {
        for (int port = 1; port <= 500; port++) {
          byte[] text = ("roster-gossip 1 one " + port).getBytes(StandardCharsets.US_ASCII);
          socket.send(new DatagramPacket(text, text.length, at("127.0.0.1", GROUP.getPort())));
          if (port == 100) {
            await().atMost(Duration.ofSeconds(30)).until(() -> !a.find().isEmpty());
          }
        }
        a.announce(9);

        await().atMost(Duration.ofSeconds(30)).until(() -> a.find().contains(at("127.0.0.1", 9)));
        assertThat(a.find()).hasSizeLessThanOrEqualTo(64);
      }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
        nullValues = "none",
        value = {
          "roster-gossip 1 one 7001, 7001",
          "roster-gossip 1 two 7001, none",
          "roster-gossip 2 one 7001, none",
          "roster-gossip 1 one 70001, none",
          "roster-gossip 1 one 0, none",
          "roster-gossip 1 one 7001 more, none",
          "garbage, none"
        })
    void only_a_well_formed_word_of_the_own_cluster_counts(String text, Integer port) {
      assertThat(MulticastSeeds.port(text, "one")).isEqualTo(Optional.ofNullable(port));
    }

    @Test
    void an_address_of_another_kind_or_machine_is_refused() {
      assertThatThrownBy(
              () -> MulticastSeeds.open(NODE, at("10.0.0.1", 1), LOOPBACK, "one", Ticker.SYSTEM))
          .hasMessageContaining("expected a multicast address");
      assertThatThrownBy(
              () ->
                  MulticastSeeds.open(
                      NODE, GROUP, InetAddress.ofLiteral("192.0.2.9"), "one", Ticker.SYSTEM))
          .hasMessageContaining("expected an address of this machine");
    }
  }
}
