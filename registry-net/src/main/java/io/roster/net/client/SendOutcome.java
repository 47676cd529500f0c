package io.roster.net.client;

/** What became of a message that awaits no answer. Immutable. */
public sealed interface SendOutcome {

  /**
   * It is in the mailbox of a process of the node that took it, or on its way from there over an
   * established link.
   */
  record Delivered() implements SendOutcome {}

  /**
   * It is not, or nobody knows.
   *
   * @param failure why
   */
  record NotDelivered(ClientFailure failure) implements SendOutcome {}
}
