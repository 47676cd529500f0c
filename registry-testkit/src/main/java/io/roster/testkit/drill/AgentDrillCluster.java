package io.roster.testkit.drill;

import io.roster.testkit.agent.AgentLine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Real nodes with an agent on each. What they tell comes over pipes, which no cut reaches, and is
 * put into the history with the time at which it arrives.
 */
public final class AgentDrillCluster implements DrillCluster {

  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(20);

  private final DrillHosts hosts;
  private final History history;

  private final List<DrillHosts.Node> nodes = new ArrayList<>();
  private final Map<Integer, Claim> claims = new ConcurrentHashMap<>();
  private final Set<Pair> up = ConcurrentHashMap.newKeySet();
  private final NodeReplies replies = new NodeReplies();

  /** Somebody who sees somebody. */
  private record Pair(int observer, int subject) {}

  private AgentDrillCluster(DrillHosts hosts, History history) {
    this.hosts = hosts;
    this.history = history;
  }

  /**
   * Starts nodes.
   *
   * @param hosts where they run; closed with the cluster, and if a start fails
   * @param size how many
   */
  public static AgentDrillCluster start(DrillHosts hosts, int size, History history) {
    var cluster = new AgentDrillCluster(hosts, history);
    try {
      for (int node = 1; node <= size; node++) {
        int number = node;
        cluster.nodes.add(
            hosts.start(
                node, line -> AgentLine.parse(line).ifPresent(told -> cluster.on(number, told))));
      }
      return cluster;
    } catch (RuntimeException e) {
      hosts.close();
      throw e;
    }
  }

  @Override
  public void awaitWhole(Duration within) throws InterruptedException {
    for (var node : nodes) {
      node.awaitReady(within);
    }
    long deadline = history.nowNanos() + within.toNanos();
    while (up.size() < nodes.size() * (nodes.size() - 1)) {
      if (history.nowNanos() > deadline) {
        throw new IllegalStateException(
            "expected every node to see every node within %d s, got: %s"
                .formatted(within.toSeconds(), up));
      }
      Thread.sleep(Duration.ofMillis(20));
    }
  }

  @Override
  public void claim(Claim claim) {
    claims.put(claim.id(), claim);
    write(claim.node(), AgentLine.of("claim", claim.id(), claim.name()));
  }

  @Override
  public void remove(Claim claim) {
    write(claim.node(), AgentLine.of("remove", claim.id()));
  }

  @Override
  public Map<Integer, Map<String, String>> replicas() throws InterruptedException {
    return askAll("replica", AgentDrillCluster::replica);
  }

  @Override
  public Set<Integer> alive() throws InterruptedException {
    var alive = new HashSet<Integer>();
    for (var words : askAll("alive", AgentLine::words).values()) {
      words.stream().skip(1).map(Integer::valueOf).forEach(alive::add);
    }
    return alive;
  }

  @Override
  public void split(Split split) {
    hosts.split(split);
  }

  @Override
  public void heal() {
    hosts.heal();
  }

  @Override
  public void close() {
    hosts.close();
  }

  private <T> Map<Integer, T> askAll(String verb, Function<AgentLine, T> read)
      throws InterruptedException {
    var questions = new ArrayList<NodeReplies.Question>();
    for (int node = 1; node <= nodes.size(); node++) {
      var question = replies.ask();
      questions.add(question);
      write(node, AgentLine.of(verb, question.id()));
    }
    var answers = new TreeMap<Integer, T>();
    for (int node = 1; node <= nodes.size(); node++) {
      var who = nodes.get(node - 1);
      if (!who.isAlive()) {
        throw new IllegalStateException(
            "node %s: has ended%n%s".formatted(who.name(), who.logTail()));
      }
      var answer = replies.await(questions.get(node - 1), ANSWER_WITHIN, "node " + who.name());
      answers.put(node, read.apply(answer));
    }
    return answers;
  }

  private static Map<String, String> replica(AgentLine line) {
    var replica = new HashMap<String, String>();
    for (int i = 1; i + 1 < line.words().size(); i += 2) {
      replica.put(line.word(i), line.word(i + 1));
    }
    return replica;
  }

  private void write(int node, AgentLine line) {
    nodes.get(node - 1).writeLine(line.toString());
  }

  private void on(int node, AgentLine line) {
    switch (line.verb()) {
      case "replica", "alive" -> replies.on(line);
      case "up" -> seen(node, NodeLaunches.number(line.word(0)), true);
      case "down" -> seen(node, NodeLaunches.number(line.word(0)), false);
      case "granted" -> history.add(new Event.Granted(claimOf(line), line.word(1)));
      case "denied" -> history.add(new Event.Denied(claimOf(line), line.word(1)));
      case "removed" -> history.add(new Event.Removed(claimOf(line)));
      case "told" -> history.add(new Event.Told(claimOf(line), line.word(1)));
      case "ended" -> history.add(new Event.Ended(claimOf(line), line.word(1)));
      default -> {
        /* Said for those who read the log. */
      }
    }
  }

  private Claim claimOf(AgentLine line) {
    var claim = claims.get(line.number(0));
    if (claim == null) {
      throw new IllegalStateException("invariant: nobody was asked for " + line);
    }
    return claim;
  }

  private void seen(int observer, int subject, boolean isUp) {
    if (observer == subject) {
      return;
    }
    if (isUp) {
      up.add(new Pair(observer, subject));
      history.add(new Event.SawUp(observer, subject));
    } else {
      up.remove(new Pair(observer, subject));
      history.add(new Event.SawDown(observer, subject));
    }
  }
}
