package io.roster.net.membership.wire;

/**
 * A part of a message of a kind that this version does not have, as a later one may. Whoever reads
 * a list leaves it out, so that the rest of the message is heard: a member is not to be suspected
 * for its answers because it also knows news that this node does not.
 */
final class UnknownGossip extends MalformedGossip {

  private static final long serialVersionUID = 1L;

  UnknownGossip(String message) {
    super(message, false);
  }
}
