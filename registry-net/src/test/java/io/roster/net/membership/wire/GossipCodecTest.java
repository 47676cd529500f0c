package io.roster.net.membership.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.UnknownFieldSet;
import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import io.roster.net.membership.Member;
import io.roster.net.membership.MemberState;
import io.roster.net.membership.NodeMetadata;
import io.roster.net.membership.ProtocolVersions;
import io.roster.net.membership.swim.Packet;
import io.roster.net.membership.swim.Rumor;
import io.roster.net.membership.swim.Sizes;
import io.roster.net.membership.swim.StreamMessage;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Messages survive the wire, and nothing malformed does. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class GossipCodecTest {

  private static final NodeName NAME = new NodeName("a".repeat(63));
  private static final NodeId ID = new NodeId(NAME, NodeId.INCARNATION_MAX);
  private static final InetSocketAddress IPV6 =
      new InetSocketAddress(InetAddress.ofLiteral("2001:db8::1"), 65_535);

  static Stream<Packet> packets() {
    return Stream.of(
        new Packet(ID, new Packet.News(), rumors()),
        new Packet(ID, new Packet.Ping(-1, new Packet.Named(NAME)), List.of()),
        new Packet(ID, new Packet.Ping(1, new Packet.Anybody()), List.of()),
        new Packet(ID, new Packet.Ack(2, ID), rumors()),
        new Packet(ID, new Packet.Ack(2, new NodeId(new NodeName("b"), 1)), List.of()),
        new Packet(ID, new Packet.PingRequest(3, NAME, IPV6), List.of()),
        new Packet(ID, new Packet.Nack(4), List.of()));
  }

  static Stream<StreamMessage> streamMessages() {
    return Stream.of(
        new StreamMessage.Probe(ID, NAME),
        new StreamMessage.Alive(ID),
        new StreamMessage.Compare(member(), new StreamMessage.Digest(7, -9)),
        new StreamMessage.Same(),
        new StreamMessage.Versions(ID, List.of(new StreamMessage.Row(ID, MemberState.SUSPECT, 8))),
        new StreamMessage.Rows(ID, List.of(new StreamMessage.Known(member(), 12)), List.of(NAME)),
        new StreamMessage.WhoIs(NAME),
        new StreamMessage.ThisIs(List.of(member())));
  }

  @ParameterizedTest
  @MethodSource("packets")
  void a_packet_survives(Packet packet) throws MalformedGossip {
    assertThat(PacketCodec.decode(PacketCodec.encode(packet))).isEqualTo(packet);
  }

  @ParameterizedTest
  @MethodSource("streamMessages")
  void a_stream_message_survives(StreamMessage message) throws MalformedGossip {
    assertThat(StreamCodec.decode(StreamCodec.encode(message))).isEqualTo(message);
  }

  @ParameterizedTest
  @MethodSource("packets")
  void sizes_are_upper_bounds(Packet packet) {
    int bound = Sizes.PACKET + packet.rumors().stream().mapToInt(Sizes::of).sum();

    assertThat(PacketCodec.encode(packet).length).isLessThanOrEqualTo(bound);
  }

  @Test
  void a_question_is_as_long_as_the_bare_answer_whatever_the_names() {
    var asker = new NodeId(new NodeName("a"), 1);
    byte[] answer = PacketCodec.encode(new Packet(ID, new Packet.Ack(9, ID), List.of()));

    for (var addressee : List.of(new Packet.Anybody(), new Packet.Named(NAME))) {
      byte[] question =
          PacketCodec.encode(new Packet(asker, new Packet.Ping(9, addressee), List.of()));

      assertThat(question.length).isGreaterThanOrEqualTo(answer.length);
    }
  }

  @Test
  void garbage_and_damage_are_malformed_or_harmless() {
    var random = new Random(3);
    byte[] good = PacketCodec.encode(new Packet(ID, new Packet.Ack(2, ID), rumors()));
    for (int i = 0; i < 4_000; i++) {
      byte[] bytes = i % 2 == 0 ? good.clone() : new byte[random.nextInt(200)];
      if (i % 2 == 0) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      } else {
        random.nextBytes(bytes);
      }
      try {
        PacketCodec.decode(bytes);
      } catch (MalformedGossip e) {
        // The one exception that may come.
        assertThat(e).hasMessageStartingWith("expected");
      }
    }
  }

  @Test
  void an_absurd_version_is_malformed() {
    var rumor = new Rumor.Accused(ID, Long.MAX_VALUE, MemberState.DEAD, List.of());
    byte[] bytes = PacketCodec.encode(new Packet(ID, new Packet.News(), List.of(rumor)));

    assertThatThrownBy(() -> PacketCodec.decode(bytes))
        .isInstanceOf(MalformedGossip.class)
        .hasMessageContaining("expected a version");
  }

  @Test
  void more_than_one_latest_start_is_malformed() {
    byte[] bytes = StreamCodec.encode(new StreamMessage.ThisIs(List.of(member(), member())));

    assertThatThrownBy(() -> StreamCodec.decode(bytes))
        .isInstanceOf(MalformedGossip.class)
        .hasMessageContaining("expected one latest start");
  }

  @Test
  void an_absurd_incarnation_is_malformed() throws Exception {
    byte[] bytes = PacketCodec.encode(new Packet(ID, new Packet.News(), List.of()));
    var packet = io.roster.proto.gossip.Packet.parseFrom(bytes).toBuilder();
    packet.getFromBuilder().setIncarnation(Long.MAX_VALUE);

    assertThatThrownBy(() -> PacketCodec.decode(packet.build().toByteArray()))
        .isInstanceOf(MalformedGossip.class)
        .hasMessageContaining("expected an incarnation");
  }

  @Test
  void metadata_beyond_the_limit_are_malformed() {
    var roles = new TreeSet<String>();
    for (int i = 0; i < 100; i++) {
      roles.add("a-rather-long-role-" + i);
    }
    var fat = new Member(ID, IPV6, MemberState.ALIVE, 0, NodeMetadata.PLAIN.withRoles(roles));
    byte[] bytes =
        PacketCodec.encode(new Packet(ID, new Packet.News(), List.of(new Rumor.Told(fat))));

    assertThatThrownBy(() -> PacketCodec.decode(bytes))
        .isInstanceOf(MalformedGossip.class)
        .hasMessageContaining("at most 512 bytes");
  }

  @Nested
  class Of_a_later_version {

    private final AtomicInteger unknown = new AtomicInteger();

    /* Field 15 of a rumor, which no version has yet. */
    private static io.roster.proto.gossip.Rumor news() {
      return io.roster.proto.gossip.Rumor.newBuilder()
          .setUnknownFields(
              UnknownFieldSet.newBuilder()
                  .addField(15, UnknownFieldSet.Field.newBuilder().addFixed64(7).build())
                  .build())
          .build();
    }

    private static io.roster.proto.gossip.Packet.Builder answer() throws Exception {
      return io.roster.proto.gossip.Packet.parseFrom(
          PacketCodec.encode(new Packet(ID, new Packet.Ack(2, ID), rumors())))
          .toBuilder();
    }

    @Test
    void news_are_left_out_and_the_answer_with_them_is_heard() throws Exception {
      byte[] bytes = answer().addRumors(0, news()).addRumors(news()).build().toByteArray();

      var packet = PacketCodec.decode(bytes, unknown::incrementAndGet);

      assertThat(packet).isEqualTo(new Packet(ID, new Packet.Ack(2, ID), rumors()));
      assertThat(unknown).hasValue(2);
    }

    @Test
    void states_leave_out_the_news_that_have_them() throws Exception {
      var packet = answer();
      packet.getRumorsBuilder(0).getToldBuilder().setStateValue(9);
      packet.getRumorsBuilder(2).getAccusedBuilder().setStateValue(9);

      var heard = PacketCodec.decode(packet.build().toByteArray(), unknown::incrementAndGet);

      assertThat(heard.body()).isEqualTo(new Packet.Ack(2, ID));
      assertThat(heard.rumors()).containsExactly(rumors().get(1));
      assertThat(unknown).hasValue(2);
    }

    @Test
    void states_leave_out_the_rows_that_have_them() throws Exception {
      var row = new StreamMessage.Row(ID, MemberState.SUSPECT, 8);
      var known = new StreamMessage.Known(member(), 12);
      var versions = stream(new StreamMessage.Versions(ID, List.of(row, row)));
      versions.getVersionsBuilder().getRowsBuilder(0).setStateValue(9);
      var rows = stream(new StreamMessage.Rows(ID, List.of(known, known), List.of(NAME)));
      rows.getRowsBuilder().getRowsBuilder(1).getMemberBuilder().setStateValue(9);
      var latest = stream(new StreamMessage.ThisIs(List.of(member(), member())));
      latest.getThisIsBuilder().getLatestBuilder(0).setStateValue(9);

      assertThat(heard(versions)).isEqualTo(new StreamMessage.Versions(ID, List.of(row)));
      assertThat(heard(rows)).isEqualTo(new StreamMessage.Rows(ID, List.of(known), List.of(NAME)));
      assertThat(heard(latest)).isEqualTo(new StreamMessage.ThisIs(List.of(member())));
      assertThat(unknown).hasValue(3);
    }

    @Test
    void nothing_excuses_what_is_known_and_malformed() throws Exception {
      var packet = answer().addRumors(0, news());
      packet.getRumorsBuilder(1).getToldBuilder().setVersion(-1);
      var unsaid = answer();
      unsaid.getRumorsBuilder(0).getToldBuilder().clearState();
      var compare = stream(new StreamMessage.Compare(member(), new StreamMessage.Digest(7, -9)));
      compare.getCompareBuilder().getSelfBuilder().setStateValue(9);

      assertThatThrownBy(() -> PacketCodec.decode(packet.build().toByteArray()))
          .isInstanceOf(MalformedGossip.class);
      assertThatThrownBy(() -> PacketCodec.decode(unsaid.build().toByteArray()))
          .isInstanceOf(MalformedGossip.class);
      assertThatThrownBy(() -> heard(compare)).isInstanceOf(MalformedGossip.class);
    }

    private static io.roster.proto.gossip.StreamMessage.Builder stream(StreamMessage message)
        throws Exception {
      return io.roster.proto.gossip.StreamMessage.parseFrom(StreamCodec.encode(message))
          .toBuilder();
    }

    private StreamMessage heard(io.roster.proto.gossip.StreamMessage.Builder message)
        throws MalformedGossip {
      return StreamCodec.decode(message.build().toByteArray(), unknown::incrementAndGet);
    }
  }

  private static List<Rumor> rumors() {
    return List.of(
        new Rumor.Told(member()),
        new Rumor.Refuted(ID, 1L << 61, 1L << 60),
        new Rumor.Accused(ID, 1L << 61, MemberState.LEFT, List.of(NAME, NAME, NAME)));
  }

  private static Member member() {
    return new Member(
        ID,
        IPV6,
        MemberState.SUSPECT,
        1L << 61,
        NodeMetadata.PLAIN
            .withLink(IPV6)
            .withArbiter(InetSocketAddress.createUnresolved("db.example.org", 5_701))
            .withArbiterReady(true)
            .asLeaving()
            .withWeight(Integer.MAX_VALUE)
            .withRoles(new TreeSet<>(Set.of("workers", "ä-ö")))
            .withProtocols(new ProtocolVersions(ProtocolVersions.MAX, ProtocolVersions.MAX))
            .withLoad(NodeMetadata.LOAD_MAX));
  }
}
