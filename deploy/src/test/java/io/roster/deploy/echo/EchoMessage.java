package io.roster.deploy.echo;

import io.roster.core.server.ReplyTo;

/** What an {@link EchoServer} is asked. */
public sealed interface EchoMessage {

  /** Says something, and wants to hear it again. */
  record Say(String text, ReplyTo<Heard> replyTo) implements EchoMessage {}

  /**
   * What was heard.
   *
   * @param node the node of the server
   * @param text what was said
   * @param count how often the server was asked, this time included
   */
  record Heard(String node, String text, long count) {}
}
