package io.roster.net.remote;

import io.roster.core.server.ReplyTo;
import io.roster.net.codec.MessageTypes;

/** Messages that the tests' own node knows and the other does not. */
sealed interface OnlyHere {

  /** What this node knows. */
  MessageTypes TYPES =
      MessageTypes.builder()
          .register("test.echo", TestMessages.EchoMessage.class)
          .register("only-here", OnlyHere.class)
          .build();

  record Question(ReplyTo<String> replyTo) implements OnlyHere {}

  record Remark() implements OnlyHere {}
}
