package io.roster.net.membership.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roster.net.membership.NodeMetadata;
import io.roster.net.membership.ProtocolVersions;
import io.roster.proto.gossip.Metadata;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a node says of itself, with nodes of before and with nonsense. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MetadataCodecTest {

  @Test
  void a_node_that_tells_no_protocol_speaks_the_first_alone() throws MalformedGossip {
    var before = Metadata.newBuilder().setWeight(1).build();

    assertThat(Values.read(before)).isEqualTo(NodeMetadata.PLAIN);
    assertThat(Values.write(NodeMetadata.PLAIN)).isEqualTo(before);
  }

  @Test
  void protocols_survive() throws MalformedGossip {
    var told = NodeMetadata.PLAIN.withProtocols(new ProtocolVersions(1, 3));

    assertThat(Values.read(Values.write(told))).isEqualTo(told);
  }

  @Test
  void a_load_survives_and_five_quarters_are_malformed() throws MalformedGossip {
    var busy = NodeMetadata.PLAIN.withLoad(4);

    assertThat(Values.read(Values.write(busy))).isEqualTo(busy);
    for (int nonsense : new int[] {5, -1}) {
      assertThatThrownBy(() -> Values.read(Metadata.newBuilder().setLoad(nonsense).build()))
          .isInstanceOf(MalformedGossip.class)
          .hasMessageContaining("expected a load from 0 to 4, got: " + nonsense);
    }
  }

  @ParameterizedTest
  @CsvSource({"3, 2", "2, 0", "1, 65536", "-1, -1", "-5, 3"})
  void protocols_that_make_no_sense_are_malformed(int oldest, int newest) {
    var nonsense =
        Metadata.newBuilder().setOldestProtocol(oldest).setNewestProtocol(newest).build();

    assertThatThrownBy(() -> Values.read(nonsense))
        .isInstanceOf(MalformedGossip.class)
        .hasMessageContaining("expected protocol versions from 1 to 65535, the oldest first, got:");
  }
}
