package io.roster.net.membership;

import java.time.Duration;
import java.util.function.UnaryOperator;

/**
 * How fast and how carefully the members of a cluster watch each other. Every member should run the
 * same. Immutable; begin with a preset and change what should differ:
 *
 * <pre>{@code
 * GossipOptions.lan().withProbes(probes -> probes.withTimeout(Duration.ofMillis(50)))
 * }</pre>
 *
 * @param probes how members are asked whether they are there
 * @param health how far a member doubts itself before it doubts others
 * @param suspicion how long a suspect has to speak up
 * @param refutation how it is given the chance to
 * @param dissemination how news spread
 * @param pushPull how whole views are compared
 * @param reconnect how failed members are tried again
 */
public record GossipOptions(
    ProbeOptions probes,
    HealthOptions health,
    SuspicionOptions suspicion,
    RefutationOptions refutation,
    DisseminationOptions dissemination,
    PushPullOptions pushPull,
    ReconnectOptions reconnect) {

  /** For nodes of one site: round trips of a few milliseconds. */
  public static GossipOptions lan() {
    return new GossipOptions(
        ProbeOptions.LAN,
        HealthOptions.LAN,
        SuspicionOptions.LAN,
        RefutationOptions.LAN,
        DisseminationOptions.LAN,
        PushPullOptions.LAN,
        ReconnectOptions.LAN);
  }

  /** For nodes on one machine that also does other work: round trips are short, pauses long. */
  public static GossipOptions loopback() {
    return lan()
        .withProbes(probes -> probes.withTimeout(Duration.ofMillis(120)).withRepeats(4))
        .withSuspicion(suspicion -> suspicion.withMultiplier(8).withMaxMultiplier(4))
        .withPushPull(pushPull -> pushPull.withTimeout(Duration.ofSeconds(1)));
  }

  /** For nodes of several sites: round trips of up to some hundred milliseconds. */
  public static GossipOptions wan() {
    return lan()
        .withProbes(
            probes ->
                probes
                    .withInterval(Duration.ofSeconds(1))
                    .withPerInterval(1)
                    .withTimeout(Duration.ofMillis(500))
                    .withRepeats(2))
        .withHealth(health -> health.withPauseTolerance(Duration.ofMillis(500)))
        .withSuspicion(suspicion -> suspicion.withMultiplier(6).withGrowth(1))
        .withDissemination(news -> news.withInterval(Duration.ofMillis(300)).withFanout(4))
        .withPushPull(
            pushPull ->
                pushPull
                    .withInterval(Duration.ofSeconds(30))
                    .withTimeout(Duration.ofSeconds(10))
                    .withSettling(Duration.ofMillis(7_500)))
        .withReconnect(reconnect -> reconnect.withInterval(Duration.ofSeconds(2)));
  }

  /** What HashiCorp's memberlist runs on a LAN by default, for comparison. */
  public static GossipOptions memberlistLan() {
    return lan()
        .withProbes(
            probes ->
                probes
                    .withInterval(Duration.ofSeconds(1))
                    .withPerInterval(1)
                    .withTimeout(Duration.ofMillis(500))
                    .withRepeats(0)
                    .withLookAround(0))
        .withHealth(health -> health.withPauseTolerance(Duration.ZERO).withEcho(false))
        .withSuspicion(suspicion -> suspicion.withMultiplier(4).withGrowth(1).withConfirmations(2))
        .withRefutation(refutation -> new RefutationOptions(refutation.buddy(), 0, false))
        .withDissemination(
            news -> news.withInterval(Duration.ofMillis(200)).withPortions(0).withNeighbours(0))
        .withPushPull(
            pushPull ->
                pushPull
                    .withInterval(Duration.ofSeconds(30))
                    .withTimeout(Duration.ofSeconds(10))
                    .withSettling(Duration.ZERO))
        .withReconnect(reconnect -> reconnect.withInterval(Duration.ofSeconds(30)));
  }

  /** The preset called {@code name}: loopback, lan, wan or memberlist-lan. */
  public static GossipOptions preset(String name) {
    return switch (name) {
      case "loopback" -> loopback();
      case "lan" -> lan();
      case "wan" -> wan();
      case "memberlist-lan" -> memberlistLan();
      default ->
          throw new IllegalArgumentException(
              "expected a preset of loopback, lan, wan or memberlist-lan, got: \"" + name + "\"");
    };
  }

  /** The same with another {@link #probes}. */
  public GossipOptions withProbes(UnaryOperator<ProbeOptions> change) {
    return new GossipOptions(
        change.apply(probes), health, suspicion, refutation, dissemination, pushPull, reconnect);
  }

  /** The same with another {@link #health}. */
  public GossipOptions withHealth(UnaryOperator<HealthOptions> change) {
    return new GossipOptions(
        probes, change.apply(health), suspicion, refutation, dissemination, pushPull, reconnect);
  }

  /** The same with another {@link #suspicion}. */
  public GossipOptions withSuspicion(UnaryOperator<SuspicionOptions> change) {
    return new GossipOptions(
        probes, health, change.apply(suspicion), refutation, dissemination, pushPull, reconnect);
  }

  /** The same with another {@link #refutation}. */
  public GossipOptions withRefutation(UnaryOperator<RefutationOptions> change) {
    return new GossipOptions(
        probes, health, suspicion, change.apply(refutation), dissemination, pushPull, reconnect);
  }

  /** The same with another {@link #dissemination}. */
  public GossipOptions withDissemination(UnaryOperator<DisseminationOptions> change) {
    return new GossipOptions(
        probes, health, suspicion, refutation, change.apply(dissemination), pushPull, reconnect);
  }

  /** The same with another {@link #pushPull}. */
  public GossipOptions withPushPull(UnaryOperator<PushPullOptions> change) {
    return new GossipOptions(
        probes, health, suspicion, refutation, dissemination, change.apply(pushPull), reconnect);
  }

  /** The same with another {@link #reconnect}. */
  public GossipOptions withReconnect(UnaryOperator<ReconnectOptions> change) {
    return new GossipOptions(
        probes, health, suspicion, refutation, dissemination, pushPull, change.apply(reconnect));
  }
}
