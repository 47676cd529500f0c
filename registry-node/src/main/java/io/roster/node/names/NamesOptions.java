package io.roster.node.names;

import io.roster.node.names.claim.Resolver;
import io.roster.node.names.protocol.NameTableOptions;
import java.time.Duration;

/**
 * How a node's global names behave. Immutable. All nodes of a cluster use the same scope and
 * resolver.
 *
 * @param scope which table; tables of different scopes know nothing of each other
 * @param resolver which of several claims stands after a heal; the older one by default
 * @param registerTimeout how long a registration may wait for the arbiter. Higher rides out longer
 *     disturbances, lower answers sooner; five seconds by default, a little more than a split takes
 *     to be noticed
 * @param loserGrace how long a process that lost its name may go on to put its things in order;
 *     three seconds by default. Lower frees what it holds sooner, higher lets it finish more
 * @param table intervals and limits of the protocol
 */
public record NamesOptions(
    String scope,
    Resolver resolver,
    Duration registerTimeout,
    Duration loserGrace,
    NameTableOptions table) {

  /** What the parameters say. */
  public static final NamesOptions DEFAULT =
      new NamesOptions(
          "default",
          Resolver.KEEP_OLDER,
          Duration.ofSeconds(5),
          Duration.ofSeconds(3),
          NameTableOptions.DEFAULT);

  /** Checks scope and durations. */
  public NamesOptions {
    if (!scope.matches("[A-Za-z0-9._-]{1,63}")) {
      throw new IllegalArgumentException(
          "expected a scope of 1 to 63 letters, digits, '.', '_' or '-', got: \"" + scope + "\"");
    }
    if (!registerTimeout.isPositive()) {
      throw new IllegalArgumentException(
          "expected registerTimeout to be positive, got: " + registerTimeout);
    }
    if (loserGrace.isNegative()) {
      throw new IllegalArgumentException(
          "expected loserGrace to be zero or more, got: " + loserGrace);
    }
  }

  /** The same with another resolver. */
  public NamesOptions withResolver(Resolver resolver) {
    return new NamesOptions(scope, resolver, registerTimeout, loserGrace, table);
  }

  /** The same with another limit for registrations. */
  public NamesOptions withRegisterTimeout(Duration registerTimeout) {
    return new NamesOptions(scope, resolver, registerTimeout, loserGrace, table);
  }

  /** The same with another grace for losers. */
  public NamesOptions withLoserGrace(Duration loserGrace) {
    return new NamesOptions(scope, resolver, registerTimeout, loserGrace, table);
  }
}
