package io.roster.node.names.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.roster.core.naming.Registration;
import io.roster.node.names.claim.Claim;
import io.roster.node.names.claim.Claims;
import io.roster.node.names.claim.RegistrationId;
import io.roster.node.names.protocol.Change;
import io.roster.node.names.protocol.NamesMessage;
import io.roster.node.names.store.StoreAnswer;
import io.roster.node.names.store.StoreOperation;
import io.roster.node.names.store.StoredName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class NamesCodecTest {

  private static final Claim CLAIM = Claims.claim("a", 3, 1L << 63);
  private static final Claim SUCCESSOR =
      CLAIM.handedTo(
          Claims.claim("b", 4, 0).owner(),
          new RegistrationId(Claims.node("b"), 7),
          Map.of("zone", "north"));
  private static final NamesMessage.Registered REGISTERED =
      new NamesMessage.Registered(Claims.NAME, CLAIM.id());

  static Stream<NamesMessage> messages() {
    return Stream.of(
        new NamesMessage.Digest(7, -1, true),
        new NamesMessage.Want(-1),
        new NamesMessage.Want(9),
        new NamesMessage.Delta(
            4,
            List.of(
                new Change.Hold(SUCCESSOR),
                new Change.Drop(Claims.NAME, CLAIM.id()),
                new Change.Lost(CLAIM, SUCCESSOR))),
        new NamesMessage.Snapshot(4, 1, 2, List.of(CLAIM, SUCCESSOR)),
        new NamesMessage.Snapshot(0, 0, 1, List.of()),
        new NamesMessage.Verify(List.of(REGISTERED)),
        new NamesMessage.Verified(List.of(REGISTERED), List.of(true)),
        new NamesMessage.Contest(List.of(new NamesMessage.Dispute(CLAIM, SUCCESSOR.id()))),
        new NamesMessage.Verdicts(
            List.of(
                new NamesMessage.Verdict(
                    Claims.NAME, CLAIM.id(), SUCCESSOR.id(), Optional.of(SUCCESSOR)),
                new NamesMessage.Verdict(
                    Claims.NAME, CLAIM.id(), SUCCESSOR.id(), Optional.empty()))),
        new NamesMessage.TransferRequest(9, Claims.NAME, CLAIM.owner(), SUCCESSOR.owner()),
        answer(new Registration.Registered(Claims.NAME, CLAIM.owner())),
        answer(new Registration.AlreadyRegistered(Claims.NAME, CLAIM.owner())),
        answer(new Registration.NotAlive(Claims.NAME, CLAIM.owner())),
        answer(new Registration.Refused(Claims.NAME, "no")),
        answer(new Registration.Unknown(Claims.NAME, "waited")));
  }

  private static NamesMessage answer(Registration registration) {
    return new NamesMessage.TransferAnswer(9, registration);
  }

  @ParameterizedTest
  @MethodSource("messages")
  void a_message_arrives_as_it_was_sent(NamesMessage message) throws Exception {
    var decoded = NamesCodec.decode(NamesCodec.encode("default", message));

    assertThat(decoded).isEqualTo(new NamesCodec.Scoped("default", message));
  }

  static Stream<StoreOperation> operations() {
    return Stream.of(
        new StoreOperation.Take(SUCCESSOR, Set.of(CLAIM.id())),
        new StoreOperation.Take(CLAIM, Set.of()),
        new StoreOperation.Assert(CLAIM, Set.of(SUCCESSOR.id())),
        new StoreOperation.Release(Claims.NAME, CLAIM.id()));
  }

  @ParameterizedTest
  @MethodSource("operations")
  void an_operation_of_the_store_arrives_as_it_was_sent(StoreOperation operation) throws Exception {
    assertThat(StoreCodec.decodeOperation(StoreCodec.encode(operation))).isEqualTo(operation);
  }

  @Test
  void records_and_answers_of_the_store_arrive_as_they_were_sent() throws Exception {
    for (var stored :
        List.of(new StoredName.Held(SUCCESSOR), new StoredName.Freed(Claims.NAME, 3, CLAIM.id()))) {
      assertThat(StoreCodec.decodeStored(StoreCodec.encode(stored))).isEqualTo(stored);
    }
    for (var answer :
        List.of(
            new StoreAnswer.Granted(CLAIM),
            new StoreAnswer.Taken(SUCCESSOR),
            new StoreAnswer.Ended(CLAIM.id(), 4),
            new StoreAnswer.Released())) {
      assertThat(StoreCodec.decodeAnswer(StoreCodec.encode(answer))).isEqualTo(answer);
    }
  }

  @Test
  void a_failure_of_the_store_is_no_answer_of_a_record() {
    assertThatThrownBy(() -> StoreCodec.encode(new StoreAnswer.Unavailable("x")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected an answer of a record");
  }

  @Test
  void an_empty_frame_is_refused() {
    assertThatThrownBy(() -> NamesCodec.decode(ByteString.EMPTY))
        .isInstanceOf(MalformedNamesException.class)
        .hasMessageContaining("expected a message about names");
  }

  @Test
  void random_bytes_are_refused_or_read_but_never_break_the_reader() {
    var random = new SplittableRandom(42);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[random.nextInt(60)];
      random.nextBytes(bytes);
      try {
        NamesCodec.decode(ByteString.copyFrom(bytes));
      } catch (MalformedNamesException e) {
        assertThat(e).hasMessageContaining("expected");
      }
    }
  }

  @Test
  void every_truncation_of_a_frame_is_refused_or_read() {
    messages()
        .forEach(
            message -> {
              var whole = NamesCodec.encode("default", message);
              for (int length = 0; length < whole.size(); length++) {
                try {
                  NamesCodec.decode(whole.substring(0, length));
                } catch (MalformedNamesException e) {
                  assertThat(e).hasMessageContaining("expected");
                }
              }
            });
  }

  @Test
  void a_name_that_is_not_allowed_is_refused() {
    var frame =
        io.roster.proto.names.NamesFrame.newBuilder()
            .setScope("default")
            .setContest(
                io.roster.proto.names.Contest.newBuilder()
                    .addDisputes(
                        io.roster.proto.names.Dispute.newBuilder()
                            .setClaim(ClaimCodec.encode(CLAIM).toBuilder().setName("bad\u0000name"))
                            .setRival(ClaimCodec.encode(CLAIM.id()))))
            .build();

    assertThatThrownBy(() -> NamesCodec.decode(frame.toByteString()))
        .isInstanceOf(MalformedNamesException.class)
        .hasMessageContaining("control characters");
  }
}
