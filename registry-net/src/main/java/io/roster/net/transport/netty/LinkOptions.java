package io.roster.net.transport.netty;

import java.time.Duration;

/**
 * How links are made. Immutable.
 *
 * @param cluster the cluster's name: nodes and clients of another are refused
 * @param cookie the secret that all of them share
 * @param security whether connections are encrypted
 * @param limits how much may be open or waiting
 * @param times how long things take
 */
public record LinkOptions(
    String cluster, Cookie cookie, LinkSecurity security, Limits limits, Times times) {

  /** Checks the name. */
  public LinkOptions {
    if (cluster.isBlank() || cluster.length() > 255) {
      throw new IllegalArgumentException(
          "expected a cluster name of 1 to 255 characters, got: \"" + cluster + "\"");
    }
  }

  /** The defaults: no encryption, which suits loopback and development. */
  public static LinkOptions of(String cluster, Cookie cookie) {
    return new LinkOptions(
        cluster, cookie, new LinkSecurity.Plain(), Limits.DEFAULT, Times.DEFAULT);
  }

  /** The same with another security. */
  public LinkOptions withSecurity(LinkSecurity security) {
    return new LinkOptions(cluster, cookie, security, limits, times);
  }

  /** The same with other limits. */
  public LinkOptions withLimits(Limits limits) {
    return new LinkOptions(cluster, cookie, security, limits, times);
  }

  /** The same with other times. */
  public LinkOptions withTimes(Times times) {
    return new LinkOptions(cluster, cookie, security, limits, times);
  }

  /**
   * How much may be open or waiting. Immutable.
   *
   * @param dataLanes connections for user traffic, besides the control lane; 1 to 15, 2 by default.
   *     More use more cores for one busy pair of nodes; fewer save sockets
   * @param frameBytesMax the largest message, 16 MiB by default. Raised, one message holds its lane
   *     for longer; lowered, more senders are refused
   * @param bufferBytesMax what may wait on one lane before senders are refused, 32 MiB by default.
   *     Raised, a slow peer costs more memory; lowered, bursts are refused sooner
   * @param connectionsMax connections that others may have open to this node, 4,096 by default
   */
  public record Limits(int dataLanes, int frameBytesMax, long bufferBytesMax, int connectionsMax) {

    /** See the components. */
    public static final Limits DEFAULT = new Limits(2, 16 << 20, 32L << 20, 4096);

    /** Checks the ranges. */
    public Limits {
      if (dataLanes < 1 || dataLanes > 15) {
        throw new IllegalArgumentException("expected 1 to 15 data lanes, got: " + dataLanes);
      }
      if (frameBytesMax < 1024 || frameBytesMax > 1 << 30) {
        throw new IllegalArgumentException(
            "expected frameBytesMax from 1 KiB to 1 GiB, got: " + frameBytesMax);
      }
      if (bufferBytesMax < frameBytesMax) {
        throw new IllegalArgumentException(
            "expected bufferBytesMax of at least frameBytesMax ("
                + frameBytesMax
                + "), got: "
                + bufferBytesMax);
      }
      if (connectionsMax < 1) {
        throw new IllegalArgumentException(
            "expected connectionsMax to be positive, got: " + connectionsMax);
      }
    }
  }

  /**
   * How long things take. Immutable.
   *
   * @param beat how often a link says that it lives, one second by default
   * @param silentBeatsMax how many beats may pass without a word from the peer before the link is
   *     given up, 6 by default. Beats that this node itself was too busy to make do not count.
   *     Raised, a peer that froze is noticed later; lowered, short pauses cost links
   * @param handshake how long a connection may take to prove itself, 5 seconds by default
   * @param redialMin the first pause before dialling again, 100 ms by default; it doubles, with
   *     jitter, up to {@code redialMax}
   * @param redialMax the longest pause, 3 seconds by default. Raised, a healed network is noticed
   *     later; lowered, dead addresses are tried more often
   */
  public record Times(
      Duration beat,
      int silentBeatsMax,
      Duration handshake,
      Duration redialMin,
      Duration redialMax) {

    /** See the components. */
    public static final Times DEFAULT =
        new Times(
            Duration.ofSeconds(1),
            6,
            Duration.ofSeconds(5),
            Duration.ofMillis(100),
            Duration.ofSeconds(3));

    /** Checks the ranges. */
    public Times {
      requirePositive("beat", beat);
      requirePositive("handshake", handshake);
      requirePositive("redialMin", redialMin);
      if (silentBeatsMax < 1) {
        throw new IllegalArgumentException(
            "expected silentBeatsMax to be positive, got: " + silentBeatsMax);
      }
      if (redialMax.compareTo(redialMin) < 0) {
        throw new IllegalArgumentException(
            "expected redialMax of at least redialMin (" + redialMin + "), got: " + redialMax);
      }
    }

    private static void requirePositive(String what, Duration value) {
      if (!value.isPositive()) {
        throw new IllegalArgumentException("expected " + what + " to be positive, got: " + value);
      }
    }
  }
}
