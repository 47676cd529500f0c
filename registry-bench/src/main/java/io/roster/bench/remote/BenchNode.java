package io.roster.bench.remote;

import io.roster.node.RosterNode;
import io.roster.node.config.HostPort;
import io.roster.node.config.NodeOptions;

/** A JVM with one node on loopback that others are measured against; ends with its input. */
final class BenchNode {

  /** How the line begins by which it says that it runs; the address of its gossip follows. */
  static final String READY = "bench node at ";

  private BenchNode() {}

  static RosterNode start(String name, HostPort... seeds) throws Exception {
    return RosterNode.builder(NodeOptions.loopback(name, seeds)).module(new EchoModule()).start();
  }

  /** Runs a node called as the first argument says, with the second as its seed. */
  public static void main(String[] arguments) throws Exception {
    try (var node = start(arguments[0], HostPort.parse(arguments[1]))) {
      System.out.println(READY + node.gossipAddress().getPort());
      while (System.in.read() >= 0) {
        // What comes means nothing; the end of it does.
      }
    }
  }
}
