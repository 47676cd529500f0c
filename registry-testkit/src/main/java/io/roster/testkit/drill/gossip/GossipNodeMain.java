package io.roster.testkit.drill.gossip;

import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import io.roster.net.membership.GossipOptions;
import io.roster.net.membership.MemberEvent;
import io.roster.net.membership.udp.GossipMembership;
import io.roster.net.membership.udp.GossipSettings;
import io.roster.net.membership.udp.Keyring;
import io.roster.testkit.agent.AgentLine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * A node that does nothing but gossip, in a JVM of its own: {@code NAME ADDRESS PORT SECRET-FILE
 * SEED…}. It tells every change of its view with the moment, and ends when its standard input does.
 */
public final class GossipNodeMain {

  /** By which line it says that it is ready. */
  static final String READY = "ready";

  private static final String CLUSTER = "drill";

  private GossipNodeMain() {}

  /** Runs until standard input ends. */
  public static void main(String[] args) throws IOException {
    int port = Integer.parseInt(args[2]);
    var bind = new InetSocketAddress(InetAddress.ofLiteral(args[1]), port);
    var secret = Files.readString(Path.of(args[3])).strip();
    List<InetSocketAddress> seeds =
        Arrays.stream(args)
            .skip(4)
            .map(seed -> new InetSocketAddress(InetAddress.ofLiteral(seed), port))
            .toList();
    var id = new NodeId(new NodeName(args[0]), System.currentTimeMillis());
    var settings =
        GossipSettings.of(id, CLUSTER, Keyring.fromPassphrase(secret, CLUSTER), bind)
            .withOptions(GossipOptions.lan())
            .withSeeds(() -> seeds);
    try (var membership = GossipMembership.start(settings)) {
      membership.subscribe(GossipNodeMain::tell);
      say(AgentLine.of(READY));
      var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      while (in.readLine() != null) {
        // There is nothing to ask of it.
      }
    }
  }

  private static void tell(MemberEvent event) {
    long nanos = System.nanoTime();
    switch (event) {
      case MemberEvent.Up _ -> say(Sighting.Kind.UP, event, nanos);
      case MemberEvent.Down _ -> say(Sighting.Kind.DOWN, event, nanos);
      case MemberEvent.Suspected _ -> say(Sighting.Kind.SUSPECTED, event, nanos);
      case MemberEvent.Refuted _ -> say(Sighting.Kind.REFUTED, event, nanos);
      case MemberEvent.Updated _ -> {}
    }
  }

  private static void say(Sighting.Kind kind, MemberEvent event, long nanos) {
    say(AgentLine.of(kind.name(), event.member().id().name(), nanos));
  }

  private static void say(AgentLine line) {
    System.out.println(line);
    System.out.flush();
  }
}
