package io.roster.node.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roster.net.membership.udp.GossipKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OptionsReaderTest {

  private static final Path NO_FILE = Path.of("");

  @TempDir private Path directory;

  @Nested
  class Layers {

    @Test
    void defaults_make_a_node_on_loopback() {
      var options = read(Map.of(), Map.of("roster.name", "a"));

      assertThat(options.name().value()).isEqualTo("a");
      assertThat(options.network().listen().isLoopback()).isTrue();
      assertThat(options.network().listen().ports())
          .isEqualTo(new ListenOptions.Ports(7001, 7101, 7301));
      assertThat(options.network().admin().port()).isEqualTo(7201);
      assertThat(options.cluster().preset()).isEqualTo(Preset.LOOPBACK);
      assertThat(options.cluster().secret().isDevelopment()).isTrue();
      assertThat(options.cluster().forgetAfter()).isEqualTo(Duration.ofDays(1));
      assertThat(options.local().stop()).isEqualTo(StopOptions.DEFAULT);
      assertThat(options.local().keepsData()).isFalse();
    }

    @Test
    void a_file_beats_the_defaults_the_environment_the_file_and_a_flag_all() throws IOException {
      var file = file("roster { name = file, weight = 2, stop.drain = 3s, cluster.name = file }");
      var environment = Map.of("ROSTER_NAME", "environment", "ROSTER_CLUSTER_NAME", "environment");

      var options = OptionsReader.layered(file, environment, Map.of("roster.name", "flag")).node();

      assertThat(options.name().value()).isEqualTo("flag");
      assertThat(options.cluster().name()).isEqualTo("environment");
      assertThat(options.local().placement().weight()).isEqualTo(2);
      assertThat(options.local().stop().drain()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void lists_come_from_the_environment_with_commas() {
      var options =
          read(Map.of("ROSTER_CLUSTER_SEEDS", "a:7001, [::1]:7002"), Map.of("roster.name", "a"));

      assertThat(options.cluster().seeds())
          .isEqualTo(List.of(new HostPort("a", 7001), new HostPort("::1", 7002)));
    }

    @Test
    void a_secret_comes_from_the_first_line_of_a_file() throws IOException {
      var file = file("sixteen characters or more\nsecond line\n");

      var options =
          read(Map.of(), Map.of("roster.name", "a", "roster.cluster.secret-file", file.toString()));

      assertThat(options.cluster().secret()).isEqualTo(new Secret("sixteen characters or more"));
    }
  }

  @Nested
  class GossipKeys {

    private final String one = GossipKey.generate().encoded();
    private final String two = GossipKey.generate().encoded();

    private NodeOptions with(String text) throws IOException {
      return with(file(text));
    }

    private NodeOptions with(Path file) {
      return read(
          Map.of(), Map.of("roster.name", "a", "roster.cluster.gossip-key-file", file.toString()));
    }

    @Test
    void come_from_a_file_with_one_in_each_line_of_which_the_first_seals() throws IOException {
      var file = with(two + "\n\n" + one + "\n").cluster().gossipKeyFile().orElseThrow();

      assertThat(GossipKeyFile.read(file).keys())
          .containsExactly(GossipKey.parse(two), GossipKey.parse(one));
    }

    @Test
    void are_made_of_the_secret_without_a_file() {
      assertThat(read(Map.of(), Map.of("roster.name", "a")).cluster().gossipKeyFile()).isEmpty();
    }

    @ParameterizedTest(name = "\"{0}\"")
    @CsvSource(
        delimiter = '|',
        value = {
          "''|expected one gossip key or more, got: none, in ",
          "' \\n\\n'|expected one gossip key or more, got: none, in ",
          "KEY\\nc2hvcnQ=|expected a gossip key of 32 bytes in Base64, got 5 bytes, in ",
          "KEY\\n"
              + "nonsense!|expected a gossip key of 32 bytes in Base64, got text that is not"
              + " Base64, in ",
          "KEY\\nKEY|expected at most 8 different gossip keys, got: ",
        })
    void of_a_file_that_is_wrong_are_refused_and_not_shown(String text, String refusal) {
      var lines = text.replace("\\n", "\n").replace("KEY", one);

      assertThatThrownBy(() -> with(lines))
          .isInstanceOf(BadOption.class)
          .hasMessageStartingWith("option roster.cluster.gossip-key-file: " + refusal)
          .hasMessageContaining("node.conf")
          .hasMessageNotContaining(one);
    }

    @Test
    void of_a_file_that_cannot_be_read_are_refused() {
      for (var file : List.of(directory.resolve("none"), directory)) {
        assertThatThrownBy(() -> with(file))
            .isInstanceOf(BadOption.class)
            .hasMessageStartingWith(
                "option roster.cluster.gossip-key-file: expected a file that can be read, got: "
                    + file);
      }
    }
  }

  @Nested
  class Refusals {

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource(
        delimiter = '|',
        value = {
          "roster.name|-a|letter or digit",
          "roster.cluster.name|a b|expected a cluster name",
          "roster.cluster.seeds|nowhere|expected host:port, got: \"nowhere\"",
          "roster.cluster.seeds|a:0|expected a port from 1 to 65535, got: 0",
          "roster.cluster.preset|fast|expected auto, loopback, lan or wan, got: \"fast\"",
          "roster.listen.bind|no.such.host.invalid|expected an address or a known host",
          "roster.listen.advertise|0.0.0.0|expected an address that others can dial",
          "roster.listen.gossip-port|70000|expected a port from 0 (any) to 65535, got: 70000",
          "roster.listen.link-port|x|expected a whole number",
          "roster.admin.bind|0.0.0.0|expected a token for an admin port outside loopback",
          "roster.weight|-1|expected a weight from 0 to 100, got: -1",
          "roster.stop.drain|soon|expected a duration such as 20s",
          "roster.discovery.srv|ldap://x|expected a name such as _gossip._udp.roster.example.org",
          "roster.discovery.dns-server|8.8.8.8|expected host:port, got: \"8.8.8.8\"",
          "roster.discovery.multicast|10.0.0.1:7|expected a group such as 239.77.7.1:7077",
          "roster.arbiter.rebuild-after|1s|expected 5s or more, which a merge may take, got:"
              + " 1000ms",
          "roster.cluster.forget-after|soon|expected a duration such as 20s",
          "roster.cluster.forget-after|10s|expected to forget failed members after 1m to 365d, got:"
              + " 10000ms",
          "roster.cluster.forget-after|400d|expected to forget failed members after 1m to 365d",
          "roster.modules|/no/such.jar|expected jars that can be read",
        })
    void name_the_key_what_fits_and_what_came(String key, String value, String message) {
      var environment = new HashMap<>(Map.of("ROSTER_NAME", "a"));
      environment.put(OptionsReader.variable(key), value);

      assertThatThrownBy(() -> read(environment, Map.of()))
          .isInstanceOf(BadOption.class)
          .hasMessageStartingWith("option " + key + ": ")
          .hasMessageContaining(message);
    }

    @Test
    void a_node_needs_a_name() {
      assertThatThrownBy(() -> read(Map.of(), Map.of()))
          .isInstanceOf(BadOption.class)
          .hasMessage("option roster.name: expected a name for the node (--name), got: nothing");
    }

    @Test
    void a_node_outside_loopback_needs_a_secret() {
      assertThatThrownBy(
              () -> read(Map.of(), Map.of("roster.name", "a", "roster.listen.bind", "10.1.2.3")))
          .isInstanceOf(BadOption.class)
          .hasMessageContaining("at least 16 characters for a node outside loopback, got: none");
    }

    @Test
    void a_short_secret_is_refused_and_not_shown() {
      var environment = Map.of("ROSTER_CLUSTER_SECRET", "hunter2", "ROSTER_NAME", "a");

      assertThatThrownBy(() -> read(environment, Map.of("roster.listen.bind", "10.1.2.3")))
          .isInstanceOf(BadOption.class)
          .hasMessageContaining("got: 7 characters")
          .hasMessageNotContaining("hunter2");
    }

    @Test
    void a_key_that_does_not_exist_is_refused_with_those_that_do() throws IOException {
      var file = file("roster { name = a, cluster.seedz = [] }");

      assertThatThrownBy(() -> OptionsReader.layered(file, Map.of(), Map.of()))
          .isInstanceOf(BadOption.class)
          .hasMessageContaining("roster.cluster.seedz")
          .hasMessageContaining("roster.cluster.seeds");
    }

    @Test
    void a_file_that_is_not_there_or_not_hocon_is_refused() throws IOException {
      var broken = file("roster { name = ");

      assertThatThrownBy(() -> OptionsReader.layered(directory.resolve("x"), Map.of(), Map.of()))
          .isInstanceOf(BadOption.class)
          .hasMessageContaining("expected a file that can be read");
      assertThatThrownBy(() -> OptionsReader.layered(broken, Map.of(), Map.of()))
          .isInstanceOf(BadOption.class)
          .hasMessageContaining("expected a HOCON file");
    }
  }

  @Test
  void a_secret_never_shows() {
    assertThat(new Secret("hunter2").toString()).doesNotContain("hunter2");
  }

  @Test
  void keys_for_two_purposes_differ() {
    var secret = new Secret("some secret");

    assertThat(secret.keyFor("gossip", 16)).hasSize(16).isNotEqualTo(secret.keyFor("link", 16));
  }

  private NodeOptions read(Map<String, String> environment, Map<String, Object> flags) {
    return OptionsReader.layered(NO_FILE, environment, flags).node();
  }

  private Path file(String text) throws IOException {
    return Files.writeString(directory.resolve("node.conf"), text);
  }
}
