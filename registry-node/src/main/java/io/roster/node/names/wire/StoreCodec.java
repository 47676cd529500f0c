package io.roster.node.names.wire;

import com.google.protobuf.InvalidProtocolBufferException;
import io.roster.core.identity.ProcessName;
import io.roster.node.names.claim.RegistrationId;
import io.roster.node.names.store.StoreAnswer;
import io.roster.node.names.store.StoreOperation;
import io.roster.node.names.store.StoredName;
import io.roster.proto.names.Freed;
import io.roster.proto.names.Take;
import java.util.Set;
import java.util.stream.Collectors;

/** The arbiter's records, operations and answers, to bytes and back. Stateless. */
public final class StoreCodec {

  private StoreCodec() {}

  /** The bytes of a record. */
  public static byte[] encode(StoredName stored) {
    var builder = io.roster.proto.names.StoredName.newBuilder();
    switch (stored) {
      case StoredName.Held(var claim) -> builder.setHeld(ClaimCodec.encode(claim));
      case StoredName.Freed(var name, long epoch, var id) ->
          builder.setFreed(
              Freed.newBuilder()
                  .setName(name.value())
                  .setEpoch(epoch)
                  .setId(ClaimCodec.encode(id)));
    }
    return builder.build().toByteArray();
  }

  /**
   * The record in {@code bytes}.
   *
   * @throws MalformedNamesException if there is none
   */
  public static StoredName decodeStored(byte[] bytes) throws MalformedNamesException {
    try {
      var stored = io.roster.proto.names.StoredName.parseFrom(bytes);
      return switch (stored.getStateCase()) {
        case HELD -> new StoredName.Held(ClaimCodec.decode(stored.getHeld()));
        case FREED ->
            new StoredName.Freed(
                new ProcessName(stored.getFreed().getName()),
                stored.getFreed().getEpoch(),
                ClaimCodec.decode(stored.getFreed().getId()));
        case STATE_NOT_SET -> throw unknown("record");
      };
    } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
      throw malformed("record", e);
    }
  }

  /** The bytes of an operation. */
  public static byte[] encode(StoreOperation operation) {
    var builder = io.roster.proto.names.StoreOperation.newBuilder();
    switch (operation) {
      case StoreOperation.Take(var claim, var over) ->
          builder.setTake(take(ClaimCodec.encode(claim), over));
      case StoreOperation.Assert(var claim, var over) ->
          builder.setWriteBack(take(ClaimCodec.encode(claim), over));
      case StoreOperation.Release(var name, var id) ->
          builder.getReleaseBuilder().setName(name.value()).setId(ClaimCodec.encode(id));
    }
    return builder.build().toByteArray();
  }

  /**
   * The operation in {@code bytes}.
   *
   * @throws MalformedNamesException if there is none
   */
  public static StoreOperation decodeOperation(byte[] bytes) throws MalformedNamesException {
    try {
      var operation = io.roster.proto.names.StoreOperation.parseFrom(bytes);
      return switch (operation.getKindCase()) {
        case TAKE ->
            new StoreOperation.Take(
                ClaimCodec.decode(operation.getTake().getClaim()), over(operation.getTake()));
        case WRITE_BACK ->
            new StoreOperation.Assert(
                ClaimCodec.decode(operation.getWriteBack().getClaim()),
                over(operation.getWriteBack()));
        case RELEASE ->
            new StoreOperation.Release(
                new ProcessName(operation.getRelease().getName()),
                ClaimCodec.decode(operation.getRelease().getId()));
        case KIND_NOT_SET -> throw unknown("operation");
      };
    } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
      throw malformed("operation", e);
    }
  }

  /** The bytes of an answer that a record gave; failures of the store are no records' answers. */
  public static byte[] encode(StoreAnswer answer) {
    var builder = io.roster.proto.names.StoreAnswer.newBuilder();
    switch (answer) {
      case StoreAnswer.Granted(var claim) -> builder.setGranted(ClaimCodec.encode(claim));
      case StoreAnswer.Taken(var claim) -> builder.setTaken(ClaimCodec.encode(claim));
      case StoreAnswer.Ended(var id, long epoch) ->
          builder.setEnded(Freed.newBuilder().setEpoch(epoch).setId(ClaimCodec.encode(id)));
      case StoreAnswer.Released() -> builder.setReleased(true);
      case StoreAnswer.Unavailable _, StoreAnswer.Indeterminate _ ->
          throw new IllegalArgumentException("expected an answer of a record, got: " + answer);
    }
    return builder.build().toByteArray();
  }

  /**
   * The answer in {@code bytes}.
   *
   * @throws MalformedNamesException if there is none
   */
  public static StoreAnswer decodeAnswer(byte[] bytes) throws MalformedNamesException {
    try {
      var answer = io.roster.proto.names.StoreAnswer.parseFrom(bytes);
      return switch (answer.getKindCase()) {
        case GRANTED -> new StoreAnswer.Granted(ClaimCodec.decode(answer.getGranted()));
        case TAKEN -> new StoreAnswer.Taken(ClaimCodec.decode(answer.getTaken()));
        case ENDED ->
            new StoreAnswer.Ended(
                ClaimCodec.decode(answer.getEnded().getId()), answer.getEnded().getEpoch());
        case RELEASED -> new StoreAnswer.Released();
        case KIND_NOT_SET -> throw unknown("answer");
      };
    } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
      throw malformed("answer", e);
    }
  }

  private static Take take(io.roster.proto.names.Claim claim, Set<RegistrationId> over) {
    var builder = Take.newBuilder().setClaim(claim);
    over.forEach(id -> builder.addOver(ClaimCodec.encode(id)));
    return builder.build();
  }

  private static Set<RegistrationId> over(Take take) {
    return take.getOverList().stream()
        .map(ClaimCodec::decode)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static MalformedNamesException unknown(String what) {
    return new MalformedNamesException(
        "expected a " + what + " of the name store, got: an unknown one");
  }

  private static MalformedNamesException malformed(String what, Exception cause) {
    return new MalformedNamesException(
        "expected a " + what + " of the name store, got: " + cause.getMessage(), cause);
  }
}
