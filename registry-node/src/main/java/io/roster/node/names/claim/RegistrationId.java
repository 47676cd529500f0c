package io.roster.node.names.claim;

import io.roster.core.identity.NodeId;
import java.util.Comparator;

/**
 * One registration of one name. Immutable; never used again.
 *
 * <p>Every change of a name compares this, never the name alone: a late removal can then only
 * remove what it was meant for.
 *
 * @param node the start of the node that made the registration
 * @param number counts that node's registrations
 */
public record RegistrationId(NodeId node, long number) implements Comparable<RegistrationId> {

  private static final Comparator<RegistrationId> ORDER =
      Comparator.comparing(RegistrationId::node).thenComparingLong(RegistrationId::number);

  @Override
  public int compareTo(RegistrationId other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return node + "/" + number;
  }
}
