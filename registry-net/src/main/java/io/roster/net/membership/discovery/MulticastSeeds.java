package io.roster.net.membership.discovery;

import io.roster.core.identity.NodeName;
import io.roster.core.time.Ticker;
import io.roster.net.membership.udp.SeedDiscovery;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.NetworkInterface;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Seeds that say so themselves, to everybody on one network segment. For development: what is heard
 * is a hint and not authenticated, so at most a few addresses are believed, and gossip with them is
 * sealed as with any other. Thread-safe.
 */
public final class MulticastSeeds implements SeedDiscovery, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(MulticastSeeds.class);
  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final Duration BELIEVED = Duration.ofSeconds(30);
  private static final int SEEDS_MAX = 64;
  private static final int BYTES_MAX = 128;
  private static final Pattern FORM = Pattern.compile("roster-gossip 1 (\\S{1,63}) (\\d{1,5})");

  private final InetSocketAddress group;
  private final String cluster;
  private final Ticker ticker;
  private final MulticastSocket socket;
  private final Thread thread;

  /** When each was last heard, the one heard longest ago first. Guarded by itself. */
  private final Map<InetSocketAddress, Long> heard = new LinkedHashMap<>(16, 0.75f, true);

  private volatile Optional<Integer> announced = Optional.empty();

  private MulticastSeeds(
      NodeName node,
      InetSocketAddress group,
      String cluster,
      Ticker ticker,
      MulticastSocket socket) {
    this.group = group;
    this.cluster = cluster;
    this.ticker = ticker;
    this.socket = socket;
    this.thread = Thread.ofPlatform().daemon().name("multicast@" + node).unstarted(this::run);
  }

  /**
   * Listens at {@code group} from now on.
   *
   * @param local an address of this machine on the segment; datagrams do not leave it
   * @throws IOException if the group cannot be joined there
   */
  public static MulticastSeeds open(
      NodeName node, InetSocketAddress group, InetAddress local, String cluster, Ticker ticker)
      throws IOException {
    if (group.isUnresolved() || !group.getAddress().isMulticastAddress()) {
      throw new IOException("expected a multicast address such as 239.77.7.1, got: " + group);
    }
    var segment =
        Optional.ofNullable(NetworkInterface.getByInetAddress(local))
            .orElseThrow(
                () -> new IOException("expected an address of this machine, got: " + local));
    var socket = new MulticastSocket(group.getPort());
    try {
      socket.setNetworkInterface(segment);
      socket.setOption(StandardSocketOptions.IP_MULTICAST_LOOP, true);
      socket.setTimeToLive(local.isLoopbackAddress() ? 0 : 1);
      socket.setSoTimeout((int) INTERVAL.toMillis());
      socket.joinGroup(group, segment);
    } catch (IOException e) {
      socket.close();
      throw new IOException("expected to join " + group + " at " + segment + ", got: " + e, e);
    }
    var seeds = new MulticastSeeds(node, group, cluster, ticker, socket);
    seeds.thread.start();
    return seeds;
  }

  /** Tells others, from now on, that this node gossips at {@code port}. */
  public void announce(int port) {
    announced = Optional.of(port);
    say(port);
  }

  @Override
  public List<InetSocketAddress> find() {
    long now = ticker.nowNanos();
    synchronized (heard) {
      heard.values().removeIf(at -> now - at > BELIEVED.toNanos());
      return List.copyOf(heard.keySet());
    }
  }

  private void run() {
    long nextNanos = ticker.nowNanos();
    while (!socket.isClosed()) {
      if (ticker.nowNanos() - nextNanos >= 0) {
        nextNanos = ticker.nowNanos() + INTERVAL.toNanos();
        announced.ifPresent(this::say);
      }
      listen();
    }
  }

  private void listen() {
    // One byte more than the longest, so that a longer one is seen to be.
    var packet = new DatagramPacket(new byte[BYTES_MAX + 1], BYTES_MAX + 1);
    try {
      socket.receive(packet);
    } catch (SocketTimeoutException e) {
      return;
    } catch (IOException e) {
      if (!socket.isClosed()) {
        LOG.debug("multicast: {}", e.toString());
      }
      return;
    }
    var text =
        new String(
            packet.getData(), packet.getOffset(), packet.getLength(), StandardCharsets.US_ASCII);
    port(text, cluster)
        .ifPresent(port -> believe(new InetSocketAddress(packet.getAddress(), port)));
  }

  private void believe(InetSocketAddress seed) {
    synchronized (heard) {
      heard.put(seed, ticker.nowNanos());
      if (heard.size() > SEEDS_MAX) {
        heard.remove(heard.keySet().iterator().next());
      }
    }
  }

  /** The gossip port that a datagram tells of a node of {@code cluster}. */
  static Optional<Integer> port(String text, String cluster) {
    var matcher = FORM.matcher(text);
    return Optional.of(matcher)
        .filter(m -> m.matches() && m.group(1).equals(cluster))
        .map(m -> Integer.parseInt(m.group(2)))
        .filter(port -> port > 0 && port <= 65_535);
  }

  private void say(int port) {
    byte[] text = ("roster-gossip 1 " + cluster + " " + port).getBytes(StandardCharsets.US_ASCII);
    try {
      socket.send(new DatagramPacket(text, text.length, group));
    } catch (IOException e) {
      LOG.debug("multicast: {}", e.toString());
    }
  }

  @Override
  public void close() {
    socket.close();
    thread.interrupt();
  }
}
