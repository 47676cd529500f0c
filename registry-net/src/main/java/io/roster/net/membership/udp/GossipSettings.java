package io.roster.net.membership.udp;

import io.roster.core.identity.NodeId;
import io.roster.core.time.Ticker;
import io.roster.net.membership.GossipAddress;
import io.roster.net.membership.GossipOptions;
import io.roster.net.membership.Member;
import io.roster.net.membership.MemberState;
import io.roster.net.membership.NodeMetadata;
import io.roster.net.membership.swim.Sizes;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What a node's gossip is started with. Immutable; begin with {@link #of}.
 *
 * @param identity who it is, and among whom
 * @param endpoint where it listens
 * @param acquaintance whom it knows at first
 * @param options how fast and how carefully
 * @param metadata what the node says of itself at first
 * @param surroundings clock, cuts and listeners
 */
public record GossipSettings(
    Identity identity,
    Endpoint endpoint,
    Acquaintance acquaintance,
    GossipOptions options,
    NodeMetadata metadata,
    Surroundings surroundings) {

  private static final int METADATA_BYTES_MAX = 512;

  /**
   * Who the node is, and among whom. Immutable.
   *
   * @param self name and incarnation, see {@link Incarnations#settle}
   * @param cluster the cluster's name; nothing that is said in another cluster is heard
   * @param keyring who may speak
   */
  public record Identity(NodeId self, String cluster, Keyring keyring) {

    /** Checks the cluster's name. */
    public Identity {
      if (cluster.isBlank() || cluster.length() > 255) {
        throw new IllegalArgumentException(
            "expected a cluster name of 1 to 255 characters, got: \"" + cluster + "\"");
      }
    }
  }

  /**
   * Where the node listens. Immutable.
   *
   * @param bind where to listen, for datagrams and streams alike; port 0 lets the system choose
   * @param advertise what to tell others instead; port 0 means the port that was bound
   */
  public record Endpoint(InetSocketAddress bind, Optional<InetSocketAddress> advertise) {

    /** Checks that both are addresses, and that others can reach the advertised one. */
    public Endpoint {
      if (bind.isUnresolved()) {
        throw new IllegalArgumentException("expected an address to listen at, got: " + bind);
      }
      if (advertise.isPresent() && !GossipAddress.isOfOneNode(advertise.get())) {
        throw new IllegalArgumentException(
            "expected an address that others can reach, got: " + advertise.get());
      }
    }

    private InetSocketAddress told(int port) {
      if (advertise.isEmpty() && bind.getAddress().isAnyLocalAddress()) {
        throw new IllegalArgumentException(
            "expected an address to advertise with the wildcard address " + bind + ", got none");
      }
      var told = advertise.orElse(new InetSocketAddress(bind.getAddress(), 0));
      return new InetSocketAddress(told.getAddress(), told.getPort() == 0 ? port : told.getPort());
    }
  }

  /**
   * Whom the node knows at first. Immutable.
   *
   * @param seeds through whom to join
   * @param memory what it remembers from start to start
   * @param nextKeys the keys that the next start would be given now, unless it remembers others
   */
  public record Acquaintance(
      SeedDiscovery seeds, Optional<NodeMemory> memory, Supplier<Keyring> nextKeys) {}

  /**
   * What the node lives in. Immutable.
   *
   * @param linkFilter cuts for drills
   * @param ticker the clock
   * @param onSuperseded hears that a later start of this name has replaced this one, on the
   *     membership thread
   */
  public record Surroundings(LinkFilter linkFilter, Ticker ticker, Consumer<NodeId> onSuperseded) {

    /** The system's clock, no cuts and nobody who listens. */
    public static final Surroundings NONE =
        new Surroundings(LinkFilter.OPEN, Ticker.SYSTEM, _ -> {});
  }

  /** Checks what can be checked before a port is opened. */
  public GossipSettings {
    var bind = endpoint.bind();
    if (identity.keyring().isInsecure() && !bind.getAddress().isLoopbackAddress()) {
      throw new IllegalArgumentException(
          "expected a key, or a loopback address for gossip that is not sealed, got: " + bind);
    }
    checkSize(metadata);
  }

  /** A lone node at {@code bind} with the {@code lan} preset; change what should differ. */
  public static GossipSettings of(
      NodeId self, String cluster, Keyring keyring, InetSocketAddress bind) {
    return of(new Identity(self, cluster, keyring), new Endpoint(bind, Optional.empty()));
  }

  /** A lone node at {@code endpoint} with the {@code lan} preset; change what should differ. */
  public static GossipSettings of(Identity identity, Endpoint endpoint) {
    return new GossipSettings(
        identity,
        endpoint,
        new Acquaintance(SeedDiscovery.NONE, Optional.empty(), identity::keyring),
        GossipOptions.lan(),
        NodeMetadata.PLAIN,
        Surroundings.NONE);
  }

  /** The same, telling others another address. */
  public GossipSettings withAdvertise(InetSocketAddress address) {
    var other = new Endpoint(endpoint.bind(), Optional.of(address));
    return new GossipSettings(identity, other, acquaintance, options, metadata, surroundings);
  }

  /** The same, joining through {@code discovery}. */
  public GossipSettings withSeeds(SeedDiscovery discovery) {
    return with(new Acquaintance(discovery, acquaintance.memory(), acquaintance.nextKeys()));
  }

  /** The same, remembering in {@code disk}. */
  public GossipSettings withMemory(NodeMemory disk) {
    return with(new Acquaintance(acquaintance.seeds(), Optional.of(disk), acquaintance.nextKeys()));
  }

  /**
   * The same, where the next start would be given what {@code keys} tells then. Without this, the
   * keys of this start.
   */
  public GossipSettings withNextKeys(Supplier<Keyring> keys) {
    return with(new Acquaintance(acquaintance.seeds(), acquaintance.memory(), keys));
  }

  /** The same with other options. */
  public GossipSettings withOptions(GossipOptions other) {
    return new GossipSettings(identity, endpoint, acquaintance, other, metadata, surroundings);
  }

  /** The same, saying {@code first} of itself at first. */
  public GossipSettings withMetadata(NodeMetadata first) {
    return new GossipSettings(identity, endpoint, acquaintance, options, first, surroundings);
  }

  /** The same behind {@code filter}. */
  public GossipSettings withLinkFilter(LinkFilter filter) {
    return with(new Surroundings(filter, surroundings.ticker(), surroundings.onSuperseded()));
  }

  /** The same with another clock. */
  public GossipSettings withTicker(Ticker clock) {
    return with(new Surroundings(surroundings.linkFilter(), clock, surroundings.onSuperseded()));
  }

  /** The same, telling {@code listener} when this start is replaced. */
  public GossipSettings onSuperseded(Consumer<NodeId> listener) {
    return with(new Surroundings(surroundings.linkFilter(), surroundings.ticker(), listener));
  }

  private GossipSettings with(Acquaintance other) {
    return new GossipSettings(identity, endpoint, other, options, metadata, surroundings);
  }

  private GossipSettings with(Surroundings other) {
    return new GossipSettings(identity, endpoint, acquaintance, options, metadata, other);
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
    if (metadata.load() < 0 || metadata.load() > NodeMetadata.LOAD_MAX) {
      throw new IllegalArgumentException(
          "expected a load from 0 to %d, got: %d"
              .formatted(NodeMetadata.LOAD_MAX, metadata.load()));
    }
  }

  /**
   * What this node is at first, once its port is known.
   *
   * @throws IllegalArgumentException if it listens at a wildcard and was not given an address to
   *     advertise
   */
  Member firstSelf(int port) {
    return new Member(identity.self(), endpoint.told(port), MemberState.ALIVE, 0, metadata);
  }
}
