package io.roster.net.membership.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import io.roster.net.membership.GossipOptions;
import io.roster.net.membership.Member;
import io.roster.net.membership.MemberState;
import io.roster.net.membership.NodeMetadata;
import io.roster.net.membership.swim.Packet;
import io.roster.net.membership.swim.Rumor;
import io.roster.net.membership.wire.KeyCodec;
import io.roster.net.membership.wire.KeyOrder;
import io.roster.net.membership.wire.PacketCodec;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What an attacker may send to a node: nothing changes, nothing is answered, all is counted. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class HostileInputIT {

  private static final NodeId STRANGER = new NodeId(new NodeName("stranger"), 1);
  private static final int REPLY_MILLIS = 400;
  private static final int STREAMS_MAX = 128;
  private static final int STREAMS_PER_ADDRESS_MAX = 32;
  private static final Duration ANSWER_PATIENCE = Duration.ofSeconds(3);

  private final GossipNodes nodes = new GossipNodes();
  private InetSocketAddress target;

  @BeforeEach
  void start() throws IOException {
    nodes.startAll("a", "b");
    target = nodes.node("a").self().gossipAddress();
  }

  @AfterEach
  void end() {
    nodes.close();
  }

  /** One kind of hostile datagram. */
  record Hostile(String what, Rejection why, Supplier<byte[]> bytes) {
    @Override
    public String toString() {
      return what;
    }
  }

  static Stream<Hostile> datagrams() {
    return Stream.of(
        new Hostile("nothing", Rejection.TRUNCATED, () -> new byte[0]),
        new Hostile(
            "truncated header", Rejection.TRUNCATED, () -> Arrays.copyOf(sealed("test"), 20)),
        new Hostile("truncated text", Rejection.FORGED, () -> shortened(sealed("test"))),
        new Hostile("a changed bit", Rejection.FORGED, () -> changed(sealed("test"))),
        new Hostile("another cluster", Rejection.FORGED, () -> sealed("other")),
        new Hostile(
            "another key",
            Rejection.UNKNOWN_KEY,
            () -> sealer(GossipKey.generate(), "test").seal(ping())),
        new Hostile("not sealed", Rejection.NOT_GOSSIP, () -> open().seal(ping())),
        new Hostile("the largest datagram", Rejection.NOT_GOSSIP, () -> new byte[65_507]),
        new Hostile(
            "authentic nonsense",
            Rejection.MALFORMED,
            () -> sealer(GossipNodes.KEY, "test").seal(new byte[] {1, 2, 3, 4})),
        new Hostile(
            "an absurd count of accusers",
            Rejection.MALFORMED,
            () -> sealer(GossipNodes.KEY, "test").seal(absurdAccusers())),
        new Hostile(
            "an absurd version",
            Rejection.MALFORMED,
            () -> sealer(GossipNodes.KEY, "test").seal(absurdVersion())),
        new Hostile(
            "absurd metadata",
            Rejection.MALFORMED,
            () -> sealer(GossipNodes.KEY, "test").seal(absurdMetadata())));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("datagrams")
  void a_hostile_datagram_changes_nothing_and_is_not_answered(Hostile hostile) throws IOException {
    var before = nodes.node("a").members();
    long counted = rejected(hostile.why());

    try (var socket = new DatagramSocket()) {
      byte[] bytes = hostile.bytes().get();
      socket.send(new DatagramPacket(bytes, bytes.length, target));

      assertNoReply(socket);
    }

    await().atMost(GossipNodes.PATIENCE).until(() -> rejected(hostile.why()) > counted);
    assertThat(nodes.node("a").members()).isEqualTo(before);
  }

  @Test
  void a_replayed_datagram_is_not_answered_a_second_time() throws IOException {
    byte[] sealed = sealed("test");
    try (var socket = new DatagramSocket()) {
      socket.setSoTimeout((int) GossipNodes.PATIENCE.toMillis());
      socket.send(new DatagramPacket(sealed, sealed.length, target));
      socket.receive(new DatagramPacket(new byte[2_000], 2_000));

      socket.send(new DatagramPacket(sealed, sealed.length, target));

      assertNoReply(socket);
    }
    await().atMost(GossipNodes.PATIENCE).until(() -> rejected(Rejection.REPLAYED) > 0);
  }

  @Test
  void an_address_that_nobody_vouches_for_gets_no_more_than_it_sent() throws IOException {
    byte[] sealed = sealed("test");
    try (var socket = new DatagramSocket()) {
      socket.setSoTimeout((int) GossipNodes.PATIENCE.toMillis());
      socket.send(new DatagramPacket(sealed, sealed.length, target));
      var reply = new DatagramPacket(new byte[2_000], 2_000);
      socket.receive(reply);

      assertThat(reply.getLength()).isLessThanOrEqualTo(sealed.length);
      assertNoReply(socket);
    }
    assertThat(nodes.node("a").member(STRANGER.name())).isEmpty();
  }

  /** What can be wrong with a frame of a stream. */
  enum Frame {
    /** A length that would take all memory. */
    LENGTH_OF_TWO_GIB(Rejection.OVERSIZED),
    /** A negative length. */
    NEGATIVE_LENGTH(Rejection.OVERSIZED),
    /** More than a stranger may send. */
    TOO_LONG_FOR_A_STRANGER(Rejection.OVERSIZED),
    /** Bytes that were not sealed for this stream. */
    OF_ANOTHER_STREAM(Rejection.FORGED);

    private final Rejection why;

    Frame(Rejection why) {
      this.why = why;
    }

    byte[] bytes() {
      return switch (this) {
        case LENGTH_OF_TWO_GIB -> new byte[] {0x7f, -1, -1, -1, 1, 2, 3};
        case NEGATIVE_LENGTH -> new byte[] {-1, -1, -1, -1, 1, 2, 3};
        case TOO_LONG_FOR_A_STRANGER -> new byte[] {0, 0, 0x10, 1, 1, 2, 3};
        case OF_ANOTHER_STREAM -> {
          byte[] sealed = sealed("test");
          byte[] frame = new byte[4 + sealed.length];
          frame[3] = (byte) sealed.length;
          System.arraycopy(sealed, 0, frame, 4, sealed.length);
          yield frame;
        }
      };
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_hostile_frame_ends_its_stream_without_an_answer(Frame frame) throws IOException {
    var before = nodes.node("a").members();
    try (var socket = new Socket(target.getAddress(), target.getPort())) {
      socket.setSoTimeout((int) GossipNodes.PATIENCE.toMillis());
      var in = new DataInputStream(socket.getInputStream());
      in.skipNBytes(4 + Seals.CHALLENGE);
      new DataOutputStream(socket.getOutputStream()).write(frame.bytes());

      assertThat(endOf(in)).isEqualTo(-1);
    }
    if (frame != Frame.NEGATIVE_LENGTH) {
      await().atMost(GossipNodes.PATIENCE).until(() -> rejected(frame.why) > 0);
    }
    assertThat(nodes.node("a").members()).isEqualTo(before);
    nodes.awaitUp("a", "b");
  }

  @Test
  void a_stranger_who_trickles_on_all_streams_loses_them_and_keeps_no_member_out()
      throws IOException {
    try (var stranger = new WaitingStranger(target)) {
      stranger.open(STREAMS_MAX, target.getAddress());
      stranger.trickle(GossipOptions.loopback().pushPull().timeout().dividedBy(4));

      awaitAnswer(target);
      stranger.awaitEnd(STREAMS_MAX);
    }
    nodes.awaitUp("a", "b");
  }

  @Test
  void a_stranger_who_opens_many_streams_holds_few_of_them() throws IOException {
    var patient = startPatient();
    try (var stranger = new WaitingStranger(patient)) {
      stranger.open(STREAMS_MAX, patient.getAddress());

      awaitAnswer(patient);
      stranger.awaitEnd(STREAMS_MAX - STREAMS_PER_ADDRESS_MAX);
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX) // where all of 127.0.0.0/8 is loopback
  void strangers_at_many_addresses_keep_no_member_out() throws IOException {
    var patient = startPatient();
    try (var stranger = new WaitingStranger(patient)) {
      for (int i = 0; i <= STREAMS_MAX / STREAMS_PER_ADDRESS_MAX; i++) {
        var local = InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) (10 + i)});
        stranger.open(STREAMS_PER_ADDRESS_MAX, local);
      }

      awaitAnswer(patient);
    }
  }

  /** A node that gives strangers more time than a test takes. */
  private InetSocketAddress startPatient() throws IOException {
    var options =
        GossipOptions.loopback()
            .withPushPull(pushPull -> pushPull.withTimeout(GossipNodes.PATIENCE.multipliedBy(4)));
    return nodes
        .start("patient", 1, 0, settings -> settings.withOptions(options))
        .self()
        .gossipAddress();
  }

  private static void awaitAnswer(InetSocketAddress node) {
    var member = new SealedExchange(new Seals(() -> Keyring.of(GossipNodes.KEY), "test"));
    var question = KeyCodec.encode(KeyOrder.of(KeyOrder.Verb.LIST, 0));
    await()
        .atMost(GossipNodes.PATIENCE)
        .ignoreExceptionsInstanceOf(IOException.class)
        .untilAsserted(() -> assertThat(member.ask(node, question, ANSWER_PATIENCE)).isNotEmpty());
  }

  static void assertEnd(Socket socket) {
    try {
      assertThat(endOf(new DataInputStream(socket.getInputStream()))).isEqualTo(-1);
    } catch (IOException e) {
      throw new AssertionError("expected an open socket", e);
    }
  }

  /* Bytes that were never read make the kernel reset the connection, which is an end as well. */
  static int endOf(DataInputStream in) {
    try {
      return in.read();
    } catch (SocketTimeoutException e) {
      throw new AssertionError("the stream is still open", e);
    } catch (IOException e) {
      return -1;
    }
  }

  private long rejected(Rejection why) {
    return nodes.node("a").stats().rejected().getOrDefault(why, 0L);
  }

  static void assertNoReply(DatagramSocket socket) throws IOException {
    socket.setSoTimeout(REPLY_MILLIS);
    assertThatThrownBy(() -> socket.receive(new DatagramPacket(new byte[2_000], 2_000)))
        .isInstanceOf(SocketTimeoutException.class);
  }

  private static byte[] sealed(String cluster) {
    return sealer(GossipNodes.KEY, cluster).seal(ping());
  }

  static Sealer sealer(GossipKey key, String cluster) {
    return new Seals(() -> Keyring.of(key), cluster).datagramSealer();
  }

  private static Sealer open() {
    return new Seals(Keyring::insecure, "test").datagramSealer();
  }

  private static byte[] ping() {
    return PacketCodec.encode(
        new Packet(STRANGER, new Packet.Ping(1, new Packet.Anybody()), List.of()));
  }

  private static byte[] shortened(byte[] bytes) {
    return Arrays.copyOf(bytes, bytes.length - 5);
  }

  private static byte[] changed(byte[] bytes) {
    bytes[bytes.length / 2 + 10] ^= 1;
    return bytes;
  }

  private static byte[] news(Rumor rumor) {
    return PacketCodec.encode(new Packet(STRANGER, new Packet.News(), List.of(rumor)));
  }

  private static byte[] absurdVersion() {
    return news(new Rumor.Accused(STRANGER, Long.MAX_VALUE, MemberState.DEAD, List.of()));
  }

  private static byte[] absurdAccusers() {
    var many = new ArrayList<NodeName>();
    for (int i = 0; i < 100; i++) {
      many.add(new NodeName("n" + i));
    }
    return news(new Rumor.Accused(STRANGER, 1, MemberState.SUSPECT, many));
  }

  private static byte[] absurdMetadata() {
    var roles = new TreeSet<String>();
    for (int i = 0; i < 100; i++) {
      roles.add("a-rather-long-role-" + i);
    }
    return news(
        new Rumor.Told(
            new Member(
                STRANGER,
                GossipNodes.loopback(9),
                MemberState.ALIVE,
                1,
                NodeMetadata.PLAIN.withRoles(roles))));
  }
}
