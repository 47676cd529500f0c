package io.roster.net.wire;

import com.google.protobuf.ByteString;
import io.roster.core.identity.Alias;
import io.roster.core.identity.Destination;
import io.roster.core.process.SendResult;
import io.roster.core.signal.Signal;
import java.util.Optional;

/**
 * One signal on its way between two nodes. Immutable.
 *
 * @param from the sender's serial on its node
 * @param to for whom it is; empty if for the node
 * @param content what it says
 * @param traceparent W3C trace context of the sender, or empty text
 */
public record SignalEnvelope(
    long from, Optional<Destination> to, Content content, String traceparent) {

  /** What an envelope holds. */
  public sealed interface Content {

    /**
     * A message of the user's, encoded.
     *
     * @param type the alias of its type
     * @param value its bytes
     * @param replyTo where an answer is awaited
     */
    record Body(String type, ByteString value, Optional<Alias> replyTo) implements Content {}

    /**
     * A signal other than a message.
     *
     * @param signal the signal
     */
    record Plain(Signal signal) implements Content {}

    /**
     * A message was not taken.
     *
     * @param replyTo who awaits an answer to it
     * @param why what became of it
     * @param type its type, for people
     * @param isAnswer whether it was itself an answer, so that what it answers has run
     */
    record Refusal(Optional<Alias> replyTo, SendResult why, String type, boolean isAnswer)
        implements Content {}
  }
}
