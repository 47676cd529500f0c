package io.roster.net.codec;

import io.roster.core.identity.Alias;
import io.roster.core.server.ReplyTo;

/** Makes reply handles again from the addresses that messages carry. Thread-safe. */
@FunctionalInterface
public interface ReplyAddresses {

  /** A handle that answers to {@code alias}. */
  ReplyTo<?> replyTo(Alias alias);
}
