package io.roster.node.fleet.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import io.roster.core.identity.Pid;
import io.roster.core.identity.ProcessName;
import io.roster.net.wire.WireException;
import io.roster.node.fleet.desired.DesiredWorker;
import io.roster.node.fleet.desired.DesiredWorker.Status;
import io.roster.node.fleet.desired.WishMessage;
import io.roster.node.fleet.handoff.HandOffMessage;
import io.roster.node.fleet.handoff.MoveId;
import io.roster.node.fleet.wire.FleetWire.Said;
import io.roster.proto.fleet.FleetDigest;
import io.roster.proto.fleet.FleetFrame;
import io.roster.proto.fleet.FleetStartOutcome;
import io.roster.proto.fleet.FleetWant;
import io.roster.proto.fleet.FleetWish;
import io.roster.proto.fleet.FleetWishes;
import io.roster.proto.fleet.MoveChunk;
import io.roster.proto.fleet.MoveReady;
import io.roster.proto.fleet.WishStatus;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class FleetWireTest {

  private static final NodeId A = new NodeId(new NodeName("a"), 3);
  private static final Pid PID = new Pid(A, 12);
  private static final MoveId MOVE = new MoveId(A, 5);
  private static final ProcessName NAME = new ProcessName("scene-042");
  private static final ByteString BYTES = ByteString.copyFromUtf8("bytes");

  static Stream<WishMessage> wishMessages() {
    return Stream.of(
        new WishMessage.Digest(Set.of("room", "lobby"), LongStream.range(0, 64).boxed().toList()),
        new WishMessage.Want(Set.of(0, 63)),
        new WishMessage.Wishes(List.of()),
        new WishMessage.Wishes(
            Stream.of(Status.values())
                .map(s -> new DesiredWorker(NAME, 7, s, A.name(), "room", BYTES))
                .toList()),
        new WishMessage.FirstStart(NAME, new WishMessage.Outcome.Started(PID)),
        new WishMessage.FirstStart(NAME, new WishMessage.Outcome.Ignored()),
        new WishMessage.FirstStart(NAME, new WishMessage.Outcome.Failed("no such table")),
        new WishMessage.Absorb(NAME, PID, BYTES));
  }

  static Stream<HandOffMessage> handOffMessages() {
    return Stream.of(
        new HandOffMessage.Prepare(MOVE, NAME, "room", BYTES, PID),
        new HandOffMessage.Prepared(MOVE, PID),
        new HandOffMessage.Refused(MOVE, "leaving"),
        new HandOffMessage.Chunk(MOVE, 0, 1, -1, ByteString.EMPTY),
        new HandOffMessage.Chunk(MOVE, 3, 9, 42, BYTES),
        new HandOffMessage.Ready(MOVE),
        new HandOffMessage.Commit(MOVE, PID),
        new HandOffMessage.Taken(MOVE),
        new HandOffMessage.Backlog(MOVE, 2, List.of(BYTES, ByteString.EMPTY)),
        new HandOffMessage.BacklogEnd(MOVE, 3),
        new HandOffMessage.Opened(MOVE),
        new HandOffMessage.Abort(MOVE, "changed my mind"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wishMessages")
  void a_message_of_wishes_is_read_as_it_was_written(WishMessage message) throws WireException {
    assertThat(FleetWire.decode(FleetWire.encode(message))).isEqualTo(new Said.OfWishes(message));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("handOffMessages")
  void a_message_of_a_move_is_read_as_it_was_written(HandOffMessage message) throws WireException {
    assertThat(FleetWire.decode(FleetWire.encode(message))).isEqualTo(new Said.OfMove(message));
  }

  static Stream<FleetFrame> badFrames() {
    var frame = FleetFrame.newBuilder();
    var noName =
        FleetWish.newBuilder().setEpoch(1).setStatus(WishStatus.WISH_STATUS_WANTED).setWriter("a");
    return Stream.of(
        FleetFrame.getDefaultInstance(),
        frame.setDigest(FleetDigest.newBuilder().addSums(1)).build(),
        frame.setWant(FleetWant.newBuilder().addBuckets(64)).build(),
        frame.setWishes(FleetWishes.newBuilder().addWishes(noName)).build(),
        frame
            .setWishes(FleetWishes.newBuilder().addWishes(noName.setName("w").setEpoch(0)))
            .build(),
        frame
            .setWishes(
                FleetWishes.newBuilder()
                    .addWishes(noName.setEpoch(1).setStatus(WishStatus.WISH_STATUS_UNSPECIFIED)))
            .build(),
        frame.setStartOutcome(FleetStartOutcome.newBuilder().setName("w")).build(),
        frame.setReady(MoveReady.getDefaultInstance()).build(),
        frame.setChunk(MoveChunk.newBuilder().setIndex(4).setCount(4)).build());
  }

  @ParameterizedTest
  @MethodSource("badFrames")
  void a_frame_that_makes_no_sense_is_a_checked_exception(FleetFrame frame) {
    assertThatThrownBy(() -> FleetWire.decode(frame.toByteString()))
        .isInstanceOf(WireException.class)
        .hasMessageStartingWith("expected");
  }

  @Test
  void random_bytes_are_a_message_or_a_checked_exception() {
    var random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[random.nextInt(40)];
      random.nextBytes(bytes);
      try {
        assertThat(FleetWire.decode(ByteString.copyFrom(bytes))).isNotNull();
      } catch (WireException expected) {
        assertThat(expected).hasMessageStartingWith("expected");
      }
    }
  }
}
