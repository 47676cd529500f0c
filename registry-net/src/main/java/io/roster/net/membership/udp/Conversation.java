package io.roster.net.membership.udp;

import io.roster.net.membership.swim.StreamMessage;
import java.util.Optional;

/**
 * What is due over one stream. Each side says a few things, in one order: who goes on for ever, or
 * answers what nobody asked, is out of turn. Not thread-safe.
 */
final class Conversation {

  private enum Due {
    QUESTION,
    ALIVE,
    COMPARISON,
    ROWS,
    LATEST,
    NOTHING
  }

  private Due due;

  private Conversation(Due due) {
    this.due = due;
  }

  /** The peer opened the stream, and begins. */
  static Conversation accepted() {
    return new Conversation(Due.QUESTION);
  }

  /** This side opened the stream, and begins with {@code first}. */
  static Conversation beganWith(StreamMessage first) {
    return new Conversation(
        switch (first) {
          case StreamMessage.Probe _ -> Due.ALIVE;
          case StreamMessage.Compare _ -> Due.COMPARISON;
          case StreamMessage.WhoIs _ -> Due.LATEST;
          case StreamMessage.Alive _,
              StreamMessage.Same _,
              StreamMessage.Versions _,
              StreamMessage.Rows _,
              StreamMessage.ThisIs _ ->
              Due.NOTHING;
        });
  }

  /** Whether {@code message} from the peer is due; after it something else is. */
  boolean takes(StreamMessage message) {
    var next = after(message);
    next.ifPresent(then -> due = then);
    return next.isPresent();
  }

  /** Whether an order about keys is due. */
  boolean expectsOrder() {
    return due == Due.QUESTION;
  }

  /** It came; after it nothing is due. */
  void tookOrder() {
    due = Due.NOTHING;
  }

  /** Whether the peer may answer with as much as a whole view. */
  boolean expectsMuch() {
    return due == Due.COMPARISON;
  }

  private Optional<Due> after(StreamMessage message) {
    return switch (message) {
      case StreamMessage.Probe _, StreamMessage.WhoIs _ -> when(Due.QUESTION, Due.NOTHING);
      case StreamMessage.Compare _ -> when(Due.QUESTION, Due.ROWS);
      case StreamMessage.Alive _ -> when(Due.ALIVE, Due.NOTHING);
      case StreamMessage.Same _ -> when(Due.COMPARISON, Due.NOTHING);
      case StreamMessage.Versions _ -> when(Due.COMPARISON, Due.ROWS);
      case StreamMessage.Rows _ ->
          due == Due.COMPARISON ? Optional.of(Due.NOTHING) : when(Due.ROWS, Due.NOTHING);
      case StreamMessage.ThisIs _ -> when(Due.LATEST, Due.NOTHING);
    };
  }

  private Optional<Due> when(Due expected, Due next) {
    return due == expected ? Optional.of(next) : Optional.empty();
  }
}
