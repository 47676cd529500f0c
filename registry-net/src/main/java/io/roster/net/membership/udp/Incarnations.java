package io.roster.net.membership.udp;

import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import io.roster.net.membership.Member;
import io.roster.net.membership.swim.StreamMessage;
import io.roster.net.membership.wire.MalformedGossip;
import io.roster.net.membership.wire.StreamCodec;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settles the incarnation of a node before it makes its first pid: the time of its start, or one
 * more than the last one that its disk or the cluster remembers, whichever is larger. So it grows
 * with every start even where the clock was set back.
 */
public final class Incarnations {

  private static final Logger LOG = LoggerFactory.getLogger(Incarnations.class);
  private static final int ASKED_MAX = 8;

  private final String cluster;
  private final Keyring keyring;
  private final Clock clock;

  /**
   * What came of asking. Immutable.
   *
   * @param id the identity of this start
   * @param answered how many seeds answered
   * @param refusedBy seeds that listen for gossip but do not take what this node says: they have
   *     another secret or another cluster name
   */
  public record Settled(NodeId id, int answered, List<InetSocketAddress> refusedBy) {

    /** Whether there are seeds to join, and every one that is there refuses this node. */
    public boolean isShutOut() {
      return answered == 0 && !refusedBy.isEmpty();
    }
  }

  /** What is said in {@code cluster} under {@code keyring} counts. */
  public Incarnations(String cluster, Keyring keyring, Clock clock) {
    this.cluster = cluster;
    this.keyring = keyring;
    this.clock = clock;
  }

  /**
   * The identity of this start of {@code name}. Blocks while seeds are asked.
   *
   * @param memory what the node remembers, if anything; the new incarnation is noted there
   * @param seeds whom to ask; those that do not answer in time are done without
   * @param patience how long to wait for them
   */
  public Settled settle(
      NodeName name,
      Optional<NodeMemory> memory,
      List<InetSocketAddress> seeds,
      Duration patience) {
    long incarnation = Math.max(1, clock.millis());
    incarnation = Math.max(incarnation, memory.map(NodeMemory::incarnation).orElse(0L) + 1);
    var refusedBy = new ConcurrentLinkedQueue<InetSocketAddress>();
    var answers = ask(name, seeds, patience, refusedBy);
    for (List<Member> answer : answers) {
      for (Member latest : answer) {
        incarnation = Math.max(incarnation, latest.id().incarnation() + 1);
      }
    }
    var id = new NodeId(name, incarnation);
    memory.ifPresent(disk -> disk.note(id));
    return new Settled(id, answers.size(), List.copyOf(refusedBy));
  }

  private List<List<Member>> ask(
      NodeName name,
      List<InetSocketAddress> seeds,
      Duration patience,
      Collection<InetSocketAddress> refusedBy) {
    var answers = new ArrayList<CompletableFuture<List<Member>>>();
    for (InetSocketAddress seed : seeds.stream().distinct().limit(ASKED_MAX).toList()) {
      var answer = new CompletableFuture<List<Member>>();
      Thread.ofVirtual()
          .name("settle@" + name)
          .start(() -> ask(name, seed, patience, refusedBy, answer));
      answers.add(answer);
    }
    var latest = new ArrayList<List<Member>>();
    long deadline = System.nanoTime() + patience.toNanos();
    for (var answer : answers) {
      try {
        latest.add(answer.get(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return latest;
      } catch (java.util.concurrent.ExecutionException | TimeoutException e) {
        LOG.debug("a seed did not say which start of {} it knows: {}", name, e.toString());
      }
    }
    return latest;
  }

  private void ask(
      NodeName name,
      InetSocketAddress seed,
      Duration patience,
      Collection<InetSocketAddress> refusedBy,
      CompletableFuture<List<Member>> answer) {
    var exchange = new SealedExchange(new Seals(() -> keyring, cluster));
    byte[] question = StreamCodec.encode(new StreamMessage.WhoIs(name));
    try {
      var said = StreamCodec.decode(exchange.ask(seed, question, patience));
      answer.complete(said instanceof StreamMessage.ThisIs(var latest) ? latest : List.of());
    } catch (SealedExchange.Refused | MalformedGossip e) {
      refusedBy.add(seed);
      answer.completeExceptionally(e);
    } catch (IOException | RuntimeException e) {
      answer.completeExceptionally(e);
    }
  }
}
