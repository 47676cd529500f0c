package io.roster.net.membership.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import io.roster.net.membership.GossipOptions;
import io.roster.net.membership.Member;
import io.roster.net.membership.MemberEvent;
import io.roster.net.membership.MemberState;
import io.roster.net.membership.NodeMetadata;
import io.roster.net.membership.swim.Packet;
import io.roster.net.membership.swim.StreamMessage;
import io.roster.net.membership.wire.KeyCodec;
import io.roster.net.membership.wire.KeyOrder;
import io.roster.net.membership.wire.KeyReport;
import io.roster.net.membership.wire.PacketCodec;
import io.roster.net.membership.wire.StreamCodec;
import io.roster.proto.gossip.Accused;
import io.roster.proto.gossip.Address;
import io.roster.proto.gossip.Ping;
import io.roster.proto.gossip.PingRequest;
import io.roster.proto.gossip.Row;
import io.roster.proto.gossip.Rumor;
import io.roster.proto.gossip.State;
import io.roster.proto.gossip.Versions;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What somebody who holds the key may send to a node: what makes no sense changes nothing, ends its
 * stream and is counted, and the node and its members go on.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class HostileMemberIT {

  private static final NodeName A = new NodeName("a");
  private static final NodeName B = new NodeName("b");
  private static final int COUNT_MAX = 1 << 20;
  private static final int SUSPICION = 50;
  private static final Duration HASTE = Duration.ofSeconds(1);
  private static final byte[] LARGEST = {0, (byte) 0xff, (byte) 0xff, (byte) 0xfc, 1};
  private static final StreamMessage.Digest ANOTHER_VIEW = new StreamMessage.Digest(-1, -1);

  private final GossipNodes nodes = new GossipNodes();
  private InetSocketAddress target;
  private long malformedBefore;
  private List<Tuple> viewBefore;

  @BeforeEach
  void start() throws IOException {
    // Much is prepared and sealed while the node waits for it; and to read the largest frame takes
    // a
    // JVM that has compiled nothing yet seconds, in which the node does not answer.
    var patient =
        withTimeout(GossipNodes.PATIENCE)
            .withSuspicion(suspicion -> suspicion.withMultiplier(SUSPICION));
    nodes.start("a", 1, 0, settings -> settings.withOptions(patient));
    var seed = nodes.node("a").self().gossipAddress();
    nodes.start(
        "b", 1, 0, settings -> settings.withOptions(patient).withSeeds(() -> List.of(seed)));
    nodes.awaitUp("a", "b");
    target = nodes.node("a").self().gossipAddress();
    malformedBefore = malformed();
    viewBefore =
        nodes.node("a").members().stream()
            .map(member -> tuple(member.id(), member.gossipAddress(), member.metadata()))
            .toList();
  }

  @AfterEach
  void end() {
    nodes.close();
  }

  /** What can be wrong with what is said of a member. */
  record Absurd(String what, Consumer<io.roster.proto.gossip.Member.Builder> change) {
    @Override
    public String toString() {
      return what;
    }
  }

  static Stream<Absurd> absurdities() {
    return Stream.of(
        new Absurd("nobody", member -> member.clearId()),
        new Absurd("no name", member -> member.getIdBuilder().setName("")),
        new Absurd("a long name", member -> member.getIdBuilder().setName("n".repeat(64))),
        new Absurd("a very long name", member -> member.getIdBuilder().setName("n".repeat(2_000))),
        new Absurd("a name with a space", member -> member.getIdBuilder().setName("a b")),
        new Absurd("incarnation zero", member -> member.getIdBuilder().setIncarnation(0)),
        new Absurd("a negative incarnation", member -> member.getIdBuilder().setIncarnation(-1)),
        new Absurd(
            "a huge incarnation",
            member -> member.getIdBuilder().setIncarnation(NodeId.INCARNATION_MAX + 1)),
        new Absurd("a negative version", member -> member.setVersion(-1)),
        new Absurd("a huge version", member -> member.setVersion(1L << 62)),
        new Absurd("no state", member -> member.clearState()),
        new Absurd("no address", member -> member.clearAddress()),
        new Absurd("port zero", member -> member.getAddressBuilder().setPort(0)),
        new Absurd("a huge port", member -> member.getAddressBuilder().setPort(65_536)),
        new Absurd("a host's name", member -> member.getAddressBuilder().setHost("localhost")),
        new Absurd("five bytes of address", at(RawGossip.at(new byte[5]))),
        new Absurd("the unspecified address", at(RawGossip.at("0.0.0.0"))),
        new Absurd("the unspecified address of IPv6", at(RawGossip.at("::"))),
        new Absurd("a group's address", at(RawGossip.at("224.0.0.1"))),
        new Absurd("a group's address of IPv6", at(RawGossip.at("ff02::1"))),
        new Absurd("metadata of 513 bytes", RawGossip::fatten),
        new Absurd("a negative weight", member -> member.getMetadataBuilder().setWeight(-1)),
        new Absurd("a load of five quarters", member -> member.getMetadataBuilder().setLoad(5)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("absurdities")
  void absurd_news_of_a_member_change_nothing_however_they_come(Absurd absurd) throws IOException {
    var member = RawGossip.newcomer();
    absurd.change().accept(member);
    byte[] rows = RawGossip.message(RawGossip.rows().addRows(RawGossip.known(member)));

    sendDatagram(packet().addRumors(Rumor.newBuilder().setTold(member)));
    try (var insider = Insider.opening(target)) {
      insider.say(RawGossip.compare(member));
      insider.assertEnd();
    }
    try (var insider = comparing()) {
      insider.say(rows);
      insider.assertEnd();
    }
    try (var insider = compared()) {
      insider.say(rows);
      insider.assertEnd();
    }

    assertCounted(4);
    assertNothingChanged();
  }

  @Test
  void absurd_datagrams_change_nothing() throws IOException {
    var b = nodes.node("b").self().id();
    var about =
        Accused.newBuilder().setAbout(RawGossip.id(b)).setState(State.STATE_DEAD).setVersion(3);
    var request = PingRequest.newBuilder().setTarget("b").setAddress(RawGossip.at("127.0.0.1"));
    var absurd =
        List.of(
            packet().clearFrom(),
            packet().addRumors(RawGossip.accusing(about.clone().clearAbout())),
            packet().addRumors(RawGossip.accusing(about.clone().addAccusers(""))),
            packet().addRumors(RawGossip.accusing(about.clone().setState(State.STATE_ALIVE))),
            packet().addRumors(RawGossip.accusing(about.clone().setVersion(-1))),
            packet().addRumors(RawGossip.refuting(b, -1, 0)),
            packet().addRumors(RawGossip.refuting(b, 5, 1L << 62)),
            packet().setPing(Ping.newBuilder().setTarget("")),
            packet().setPingRequest(request.clone().setTarget("n".repeat(64))),
            packet().setPingRequest(request.clone().clearAddress()),
            packet().setPingRequest(request.clone().setAddress(RawGossip.at("0.0.0.0"))),
            packet().setPingRequest(request.clone().setAddress(RawGossip.at("224.0.0.1"))));

    for (var packet : absurd) {
      sendDatagram(packet);
    }

    assertCounted(absurd.size());
    assertNothingChanged();
  }

  /** When something may come over a stream. */
  enum Turn {
    /** As a question. */
    FIRST,
    /** After a comparison was asked for and the node has said what it has. */
    AFTER_COMPARE,
    /** As an answer to the node, which asks for a comparison. */
    AS_ANSWER,
    /** After that answer was to say what one has, and the node has said what differs. */
    AFTER_VERSIONS;

    private Set<String> due() {
      return switch (this) {
        case FIRST -> Set.of("Probe", "Compare", "WhoIs", "KeyOrder");
        case AFTER_COMPARE, AFTER_VERSIONS -> Set.of("Rows");
        case AS_ANSWER -> Set.of("Same", "Versions", "Rows");
      };
    }
  }

  @ParameterizedTest
  @EnumSource
  void what_is_not_due_ends_its_stream_and_changes_nothing(Turn turn) throws IOException {
    var messages = messages();
    messages.keySet().removeAll(turn.due());

    for (var message : messages.entrySet()) {
      try (var insider = at(turn)) {
        insider.say(message.getValue());
        insider.assertEnd();
      }
      await()
          .atMost(GossipNodes.PATIENCE)
          .alias(message.getKey() + " is counted")
          .until(() -> malformed() > malformedBefore);
      malformedBefore++;
    }

    assertThat(malformed()).isEqualTo(malformedBefore);
    assertNothingChanged();
  }

  @Test
  void an_endless_stream_of_good_messages_is_ended() throws IOException {
    var compare = new StreamMessage.Compare(nodes.node("b").self(), ANOTHER_VIEW);
    try (var insider = Insider.opening(target)) {
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < COUNT_MAX; i++) {
                  insider.say(compare);
                }
              })
          .isInstanceOf(IOException.class);
    }

    assertCounted(1);
    assertNothingChanged();
  }

  @Test
  void answers_that_nobody_waits_for_change_nothing() throws IOException {
    var a = nodes.node("a").self().id();
    var b = nodes.node("b").self().id();
    long received = nodes.node("a").stats().datagramsReceived();
    int count = 300;
    try (var socket = new DatagramSocket()) {
      var sealer = HostileInputIT.sealer(GossipNodes.KEY, "test");
      for (int i = 0; i < count; i++) {
        var body =
            switch (i % 3) {
              case 0 -> new Packet.Nack(i);
              case 1 -> new Packet.Ack(i, b);
              default -> new Packet.Ack(i, a);
            };
        byte[] sealed = sealer.seal(PacketCodec.encode(new Packet(b, body, List.of())));
        socket.send(new DatagramPacket(sealed, sealed.length, target));
      }

      await()
          .atMost(GossipNodes.PATIENCE)
          .until(() -> nodes.node("a").stats().datagramsReceived() >= received + count);
      HostileInputIT.assertNoReply(socket);
    }
    assertNothingChanged();
  }

  @Test
  void as_many_old_rows_and_wishes_as_count_are_one_answer() throws IOException {
    var b = nodes.node("b").self();
    var known =
        RawGossip.known(
            RawGossip.newcomer()
                .setId(RawGossip.id(b.id()))
                .setAddress(RawGossip.at("127.0.0.1").setPort(b.gossipAddress().getPort()))
                .setVersion(0));
    var rows = RawGossip.rows();
    for (int i = 0; i < COUNT_MAX; i++) {
      rows.addWants("b");
    }
    int fitting =
        (Insider.MESSAGE_MAX - RawGossip.message(rows).length) / (known.getSerializedSize() + 4);
    for (int i = 0; i < fitting; i++) {
      rows.addRows(known);
    }
    try (var insider = comparing()) {
      insider.say(RawGossip.message(rows));

      assertThat(insider.hear())
          .isInstanceOfSatisfying(
              StreamMessage.Rows.class,
              answer ->
                  assertThat(answer.rows())
                      .extracting(row -> row.member().id().name())
                      .containsExactly(B));
      insider.assertEnd();
    }
    assertNothingChanged();
  }

  @Test
  void more_than_any_view_holds_is_malformed() throws IOException {
    var wants = RawGossip.rows();
    for (int i = 0; i <= COUNT_MAX; i++) {
      wants.addWants("b");
    }

    try (var insider = comparing()) {
      insider.say(RawGossip.message(wants));
      insider.assertEnd();
    }

    assertCounted(1);
    assertNothingChanged();
  }

  @Test
  void a_node_asks_for_no_more_than_it_can_remember() throws IOException {
    var versions = Versions.newBuilder().setFrom(RawGossip.id(Insider.SELF));
    var row = Row.newBuilder().setIncarnation(1).setState(State.STATE_LEFT).setVersion(1);
    int size = row.setName("n0000000").build().getSerializedSize() + 2;
    for (int i = 0; i < Insider.MESSAGE_MAX / size - 10; i++) {
      versions.addRows(row.setName("n%07d".formatted(i)).build());
    }
    int max = GossipOptions.loopback().reconnect().membersMax();
    try (var insider = compared()) {
      insider.say(RawGossip.message(versions));

      assertThat(insider.hear())
          .isInstanceOfSatisfying(
              StreamMessage.Rows.class, answer -> assertThat(answer.wants()).hasSize(max));
    }
    assertNothingChanged();
  }

  @Test
  void a_node_remembers_no_more_members_than_it_may() throws IOException {
    int max = 50;
    var options =
        withTimeout(GossipNodes.PATIENCE).withReconnect(reconnect -> reconnect.withMembersMax(max));
    nodes.start("small", 1, 0, settings -> settings.withOptions(options));
    var small = nodes.node("small");
    var rows = RawGossip.rows();
    var member = RawGossip.newcomer().setState(State.STATE_LEFT);
    int size = RawGossip.known(member).getSerializedSize() + 8;
    for (int i = 0; i < Insider.MESSAGE_MAX / size; i++) {
      member.getIdBuilder().setName("n%07d".formatted(i));
      rows.addRows(RawGossip.known(member));
    }
    try (var insider = comparing(small.self(), newcomer(MemberState.LEFT))) {
      insider.say(RawGossip.message(rows));
      assertThat(insider.hear()).isInstanceOf(StreamMessage.Rows.class);
      insider.assertEnd();
    }

    await().atMost(GossipNodes.PATIENCE).until(() -> small.members().size() == max);
    assertThat(small.members()).filteredOn(Member::isUp).containsExactly(small.self());
  }

  @Test
  void what_comes_with_nonsense_is_not_heard() throws IOException {
    byte[] rows =
        StreamCodec.encode(
            new StreamMessage.Rows(
                Insider.SELF,
                List.of(new StreamMessage.Known(newcomer(MemberState.ALIVE), 0)),
                List.of()));
    try (var insider = comparing()) {
      insider.sayBoth(new byte[] {1, 2, 3, 4}, rows);
      insider.assertEnd();
    }

    assertCounted(1);
    assertNothingChanged();
  }

  @Test
  void a_frame_of_the_largest_length_that_never_comes_is_given_up() throws IOException {
    nodes.start("hasty", 1, 0, settings -> settings.withOptions(withTimeout(HASTE)));
    try (var insider = comparing(nodes.node("hasty").self(), newcomer(MemberState.LEFT))) {
      insider.sayRaw(LARGEST);

      insider.assertEnd();
    }
  }

  @Test
  void a_frame_of_the_largest_length_that_comes_byte_by_byte_is_given_up() throws IOException {
    nodes.start("hasty", 1, 0, settings -> settings.withOptions(withTimeout(HASTE)));
    try (var insider = comparing(nodes.node("hasty").self(), newcomer(MemberState.LEFT))) {
      insider.sayRaw(LARGEST);
      insider.trickle(HASTE.dividedBy(4));

      insider.assertEnd();
    }
  }

  private Insider at(Turn turn) throws IOException {
    return switch (turn) {
      case FIRST -> Insider.opening(target);
      case AFTER_COMPARE -> comparing();
      case AS_ANSWER -> compared();
      case AFTER_VERSIONS -> {
        var insider = compared();
        insider.say(new StreamMessage.Versions(Insider.SELF, List.of()));
        assertThat(insider.hear()).isInstanceOf(StreamMessage.Rows.class);
        yield insider;
      }
    };
  }

  /** One who has asked the node for a comparison, and has been told what it has. */
  private Insider comparing() throws IOException {
    // He speaks for somebody whom the node knows, so that he is nobody new.
    return comparing(nodes.node("a").self(), nodes.node("b").self());
  }

  private static Insider comparing(Member node, Member self) throws IOException {
    var insider = Insider.opening(node.gossipAddress());
    insider.say(new StreamMessage.Compare(self, ANOTHER_VIEW));
    assertThat(insider.hear()).isInstanceOf(StreamMessage.Versions.class);
    return insider;
  }

  /** One whom the node has asked for a comparison. */
  private Insider compared() throws IOException {
    var insider = Insider.openedBy(target);
    assertThat(insider.hear()).isInstanceOf(StreamMessage.Compare.class);
    return insider;
  }

  private Map<String, byte[]> messages() {
    var b = nodes.node("b").self().id();
    var news = newcomer(MemberState.ALIVE);
    var known = new StreamMessage.Known(news, 0);
    var messages = new LinkedHashMap<String, byte[]>();
    messages.put("nonsense", new byte[] {1, 2, 3, 4});
    messages.put("nothing", new byte[0]);
    messages.put("Probe", StreamCodec.encode(new StreamMessage.Probe(Insider.SELF, A)));
    messages.put("Alive", StreamCodec.encode(new StreamMessage.Alive(b)));
    messages.put("Compare", StreamCodec.encode(new StreamMessage.Compare(news, ANOTHER_VIEW)));
    messages.put("Same", StreamCodec.encode(new StreamMessage.Same()));
    messages.put(
        "Versions", StreamCodec.encode(new StreamMessage.Versions(Insider.SELF, List.of())));
    messages.put(
        "Rows",
        StreamCodec.encode(new StreamMessage.Rows(Insider.SELF, List.of(known), List.of(B))));
    messages.put("WhoIs", StreamCodec.encode(new StreamMessage.WhoIs(B)));
    messages.put("ThisIs", StreamCodec.encode(new StreamMessage.ThisIs(List.of(news))));
    messages.put("KeyOrder", KeyCodec.encode(KeyOrder.of(KeyOrder.Verb.LIST, 0)));
    messages.put("KeyReport", KeyCodec.encode(new KeyReport(b, List.of(1), List.of(1), "")));
    return messages;
  }

  private static GossipOptions withTimeout(Duration timeout) {
    return GossipOptions.loopback().withPushPull(pushPull -> pushPull.withTimeout(timeout));
  }

  private static Member newcomer(MemberState state) {
    return new Member(Insider.SELF, GossipNodes.loopback(9), state, 1, NodeMetadata.PLAIN);
  }

  private static Consumer<io.roster.proto.gossip.Member.Builder> at(Address.Builder address) {
    return member -> member.setAddress(address);
  }

  private static io.roster.proto.gossip.Packet.Builder packet() {
    return io.roster.proto.gossip.Packet.newBuilder().setFrom(RawGossip.id(Insider.SELF));
  }

  private void sendDatagram(io.roster.proto.gossip.Packet.Builder packet) throws IOException {
    try (var socket = new DatagramSocket()) {
      byte[] sealed =
          HostileInputIT.sealer(GossipNodes.KEY, "test").seal(packet.build().toByteArray());
      socket.send(new DatagramPacket(sealed, sealed.length, target));
    }
  }

  private void assertCounted(long count) {
    await()
        .atMost(GossipNodes.PATIENCE)
        .untilAsserted(() -> assertThat(malformed()).isEqualTo(malformedBefore + count));
  }

  /** The view is what it was, nobody was taken for dead, and news pass both ways. */
  private void assertNothingChanged() {
    assertThat(nodes.node("a").members())
        .extracting(Member::id, Member::gossipAddress, Member::metadata)
        .containsExactlyInAnyOrderElementsOf(viewBefore);
    nodes.node("a").updateMetadata(metadata -> metadata.withWeight(7));
    nodes.node("b").updateMetadata(metadata -> metadata.withWeight(8));
    for (var observer : List.of("a", "b")) {
      await().atMost(GossipNodes.PATIENCE).until(() -> weight(observer, A) == 7);
      await().atMost(GossipNodes.PATIENCE).until(() -> weight(observer, B) == 8);
      assertThat(nodes.events(observer)).noneMatch(MemberEvent.Down.class::isInstance);
    }
    nodes.awaitUp("a", "b");
  }

  private int weight(String observer, NodeName name) {
    return nodes.node(observer).member(name).orElseThrow().metadata().weight();
  }

  private long malformed() {
    return nodes.node("a").stats().rejected().getOrDefault(Rejection.MALFORMED, 0L);
  }
}
