package io.roster.net.membership.udp;

import io.roster.core.identity.NodeId;
import io.roster.core.time.Ticker;
import io.roster.net.membership.GossipOptions;
import io.roster.net.membership.Member;
import io.roster.net.membership.MemberState;
import io.roster.net.membership.NodeMetadata;
import io.roster.net.membership.swim.Sizes;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * What a node's gossip is started with. Immutable; begin with {@link #of}.
 *
 * @param self name and incarnation, see {@link Incarnations#settle}
 * @param cluster the cluster's name; nothing that is said in another cluster is heard
 * @param keyring who may speak
 * @param bind where to listen, for datagrams and streams alike; port 0 lets the system choose
 * @param advertise what to tell others instead; port 0 means the port that was bound
 * @param seeds through whom to join
 * @param options how fast and how carefully
 * @param metadata what the node says of itself at first
 * @param memory what it remembers from start to start
 * @param linkFilter cuts for drills
 * @param ticker the clock
 * @param onSuperseded hears that a later start of this name has replaced this one, on the
 *     membership thread
 */
public record GossipSettings(
    NodeId self,
    String cluster,
    Keyring keyring,
    InetSocketAddress bind,
    Optional<InetSocketAddress> advertise,
    SeedDiscovery seeds,
    GossipOptions options,
    NodeMetadata metadata,
    Optional<NodeMemory> memory,
    LinkFilter linkFilter,
    Ticker ticker,
    Consumer<NodeId> onSuperseded) {

  private static final int METADATA_BYTES_MAX = 512;

  /** Checks what can be checked before a port is opened. */
  public GossipSettings {
    if (cluster.isBlank() || cluster.length() > 255) {
      throw new IllegalArgumentException(
          "expected a cluster name of 1 to 255 characters, got: \"" + cluster + "\"");
    }
    if (bind.isUnresolved()) {
      throw new IllegalArgumentException("expected an address to listen at, got: " + bind);
    }
    if (keyring.isInsecure() && !bind.getAddress().isLoopbackAddress()) {
      throw new IllegalArgumentException(
          "expected a key, or a loopback address for gossip that is not sealed, got: " + bind);
    }
    if (advertise.isPresent()
        && (advertise.get().isUnresolved() || advertise.get().getAddress().isAnyLocalAddress())) {
      throw new IllegalArgumentException(
          "expected an address that others can reach, got: " + advertise.get());
    }
    checkSize(metadata);
  }

  /** A lone node at {@code bind} with the {@code lan} preset; change what should differ. */
  public static GossipSettings of(
      NodeId self, String cluster, Keyring keyring, InetSocketAddress bind) {
    return new GossipSettings(
        self,
        cluster,
        keyring,
        bind,
        Optional.empty(),
        SeedDiscovery.NONE,
        GossipOptions.lan(),
        new NodeMetadata(Optional.empty(), Optional.empty(), false, false, 1, new TreeSet<>()),
        Optional.empty(),
        LinkFilter.OPEN,
        Ticker.SYSTEM,
        _ -> {});
  }

  /** The same, telling others another address. */
  public GossipSettings withAdvertise(InetSocketAddress address) {
    return new GossipSettings(
        self,
        cluster,
        keyring,
        bind,
        Optional.of(address),
        seeds,
        options,
        metadata,
        memory,
        linkFilter,
        ticker,
        onSuperseded);
  }

  /** The same, joining through {@code discovery}. */
  public GossipSettings withSeeds(SeedDiscovery discovery) {
    return new GossipSettings(
        self,
        cluster,
        keyring,
        bind,
        advertise,
        discovery,
        options,
        metadata,
        memory,
        linkFilter,
        ticker,
        onSuperseded);
  }

  /** The same with other options. */
  public GossipSettings withOptions(GossipOptions other) {
    return new GossipSettings(
        self,
        cluster,
        keyring,
        bind,
        advertise,
        seeds,
        other,
        metadata,
        memory,
        linkFilter,
        ticker,
        onSuperseded);
  }

  /** The same, saying {@code first} of itself at first. */
  public GossipSettings withMetadata(NodeMetadata first) {
    return new GossipSettings(
        self,
        cluster,
        keyring,
        bind,
        advertise,
        seeds,
        options,
        first,
        memory,
        linkFilter,
        ticker,
        onSuperseded);
  }

  /** The same, remembering in {@code disk}. */
  public GossipSettings withMemory(NodeMemory disk) {
    return new GossipSettings(
        self,
        cluster,
        keyring,
        bind,
        advertise,
        seeds,
        options,
        metadata,
        Optional.of(disk),
        linkFilter,
        ticker,
        onSuperseded);
  }

  /** The same behind {@code filter}. */
  public GossipSettings withLinkFilter(LinkFilter filter) {
    return new GossipSettings(
        self,
        cluster,
        keyring,
        bind,
        advertise,
        seeds,
        options,
        metadata,
        memory,
        filter,
        ticker,
        onSuperseded);
  }

  /** The same with another clock. */
  public GossipSettings withTicker(Ticker clock) {
    return new GossipSettings(
        self,
        cluster,
        keyring,
        bind,
        advertise,
        seeds,
        options,
        metadata,
        memory,
        linkFilter,
        clock,
        onSuperseded);
  }

  /** The same, telling {@code listener} when this start is replaced. */
  public GossipSettings onSuperseded(Consumer<NodeId> listener) {
    return new GossipSettings(
        self,
        cluster,
        keyring,
        bind,
        advertise,
        seeds,
        options,
        metadata,
        memory,
        linkFilter,
        ticker,
        listener);
  }

  static void checkSize(NodeMetadata metadata) {
    int bytes = Sizes.of(metadata);
    if (bytes > METADATA_BYTES_MAX) {
      throw new IllegalArgumentException(
          "expected metadata of at most %d bytes, got: %d".formatted(METADATA_BYTES_MAX, bytes));
    }
    if (metadata.weight() < 0) {
      throw new IllegalArgumentException(
          "expected a weight of zero or more, got: " + metadata.weight());
    }
  }

  /**
   * What this node is at first, once its port is known.
   *
   * @throws IllegalArgumentException if it listens at a wildcard and was not given an address to
   *     advertise
   */
  Member firstSelf(int port) {
    if (advertise.isEmpty() && bind.getAddress().isAnyLocalAddress()) {
      throw new IllegalArgumentException(
          "expected an address to advertise with the wildcard address " + bind + ", got none");
    }
    InetSocketAddress told = advertise.orElse(new InetSocketAddress(bind.getAddress(), 0));
    InetAddress address = told.getAddress();
    return new Member(
        self,
        new InetSocketAddress(address, told.getPort() == 0 ? port : told.getPort()),
        MemberState.ALIVE,
        0,
        metadata);
  }
}
