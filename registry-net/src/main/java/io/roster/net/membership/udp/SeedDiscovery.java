package io.roster.net.membership.udp;

import java.net.InetSocketAddress;
import java.util.List;

/** Finds addresses through which a node can join. May block; asked again and again. */
@FunctionalInterface
public interface SeedDiscovery {

  /** Nobody to join. */
  SeedDiscovery NONE = List::of;

  /** The addresses known now, resolved. What cannot be resolved now is left out and logged. */
  List<InetSocketAddress> find();
}
