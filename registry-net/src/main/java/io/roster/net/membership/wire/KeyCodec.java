package io.roster.net.membership.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.roster.proto.gossip.KeyVerb;
import io.roster.proto.gossip.StreamMessage;
import java.util.Optional;

/** Orders about keyrings, and their answers, as messages of a stream and back. Pure. */
public final class KeyCodec {

  private static final int KEYS_MAX = 64;
  private static final int REFUSAL_MAX = 1_024;

  private KeyCodec() {}

  /** The bytes of an order. */
  public static byte[] encode(KeyOrder order) {
    return StreamMessage.newBuilder()
        .setKeyOrder(
            io.roster.proto.gossip.KeyOrder.newBuilder()
                .setVerb(write(order.verb()))
                .setKeyId(order.keyId())
                .setSecret(ByteString.copyFrom(order.secret())))
        .build()
        .toByteArray();
  }

  /** The bytes of an answer. */
  public static byte[] encode(KeyReport report) {
    return StreamMessage.newBuilder()
        .setKeyReport(
            io.roster.proto.gossip.KeyReport.newBuilder()
                .setFrom(Values.write(report.from()))
                .addAllKeyIds(report.keyIds())
                .setKept(report.kept())
                .addAllNextKeyIds(report.nextKeyIds())
                .setRefusal(report.refusal()))
        .build()
        .toByteArray();
  }

  /**
   * The order that {@code bytes} are, or nothing if they are another message.
   *
   * @throws MalformedGossip if they are an order that makes no sense
   */
  public static Optional<KeyOrder> order(byte[] bytes) throws MalformedGossip {
    var message = parse(bytes);
    if (!message.hasKeyOrder()) {
      return Optional.empty();
    }
    var order = message.getKeyOrder();
    return Optional.of(
        new KeyOrder(read(order.getVerb()), order.getKeyId(), order.getSecret().toByteArray()));
  }

  /**
   * The answer that {@code bytes} are.
   *
   * @throws MalformedGossip if they are none
   */
  public static KeyReport report(byte[] bytes) throws MalformedGossip {
    var report = parse(bytes).getKeyReport();
    int keys = Math.max(report.getKeyIdsCount(), report.getNextKeyIdsCount());
    if (keys > KEYS_MAX || report.getRefusal().length() > REFUSAL_MAX) {
      throw new MalformedGossip("expected at most %d keys, got: %d".formatted(KEYS_MAX, keys));
    }
    try {
      return new KeyReport(
          Values.read(report.getFrom()),
          report.getKeyIdsList(),
          report.getKept() && report.getNextKeyIdsCount() == 0
              ? report.getKeyIdsList()
              : report.getNextKeyIdsList(),
          report.getRefusal());
    } catch (IllegalArgumentException e) {
      throw new MalformedGossip("expected a keyring of a node, got: " + e.getMessage(), e);
    }
  }

  private static StreamMessage parse(byte[] bytes) throws MalformedGossip {
    try {
      return StreamMessage.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new MalformedGossip("expected a message of a gossip stream, got: " + e.getMessage(), e);
    }
  }

  private static KeyVerb write(KeyOrder.Verb verb) {
    return switch (verb) {
      case LIST -> KeyVerb.KEY_VERB_LIST;
      case INSTALL -> KeyVerb.KEY_VERB_INSTALL;
      case USE -> KeyVerb.KEY_VERB_USE;
      case REMOVE -> KeyVerb.KEY_VERB_REMOVE;
    };
  }

  private static KeyOrder.Verb read(KeyVerb verb) throws MalformedGossip {
    return switch (verb) {
      case KEY_VERB_LIST -> KeyOrder.Verb.LIST;
      case KEY_VERB_INSTALL -> KeyOrder.Verb.INSTALL;
      case KEY_VERB_USE -> KeyOrder.Verb.USE;
      case KEY_VERB_REMOVE -> KeyOrder.Verb.REMOVE;
      case KEY_VERB_UNSPECIFIED, UNRECOGNIZED ->
          throw new MalformedGossip("expected something to do with a key, got: " + verb);
    };
  }
}
