package io.roster.testkit.drill;

import io.roster.testkit.agent.AgentLine;
import io.roster.testkit.cluster.JvmCluster;
import io.roster.testkit.cluster.JvmNode;
import io.roster.testkit.network.NetnsNetwork;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Real nodes: a JVM each, in a network namespace each. What they tell comes over pipes, which no
 * cut reaches, and is put into the history with the time at which it arrives.
 */
public final class NetnsDrillCluster implements DrillCluster {

  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(20);

  private final NetnsNetwork network;
  private final JvmCluster jvms;
  private final History history;
  private final Consumer<NetnsNetwork> healing;

  private final List<JvmNode> nodes = new ArrayList<>();
  private final Map<Integer, Claim> claims = new ConcurrentHashMap<>();
  private final Set<Pair> up = ConcurrentHashMap.newKeySet();
  private final NodeReplies replies = new NodeReplies();

  /** Somebody who sees somebody. */
  private record Pair(int observer, int subject) {}

  /**
   * Takes a network and an empty cluster over and starts one node on each host; both are closed
   * with this.
   *
   * @param healing makes the network whole; a test may do less
   */
  private NetnsDrillCluster(
      NetnsNetwork network, JvmCluster jvms, History history, Consumer<NetnsNetwork> healing) {
    this.network = network;
    this.jvms = jvms;
    this.history = history;
    this.healing = healing;
    var launches = NodeLaunches.inNamespaces(network, jvms.folder());
    for (int node = 1; node <= network.size(); node++) {
      int number = node;
      nodes.add(
          jvms.start(
              launches.get(node - 1),
              line -> AgentLine.parse(line).ifPresent(told -> on(number, told))));
    }
  }

  /**
   * Starts one node on each host of a new network.
   *
   * @param logs the folder for the nodes' logs
   * @throws IllegalStateException if this machine does not allow it
   */
  public static NetnsDrillCluster start(Split split, History history, Path logs) {
    return start(split, history, logs, NetnsNetwork::heal);
  }

  static NetnsDrillCluster start(
      Split split, History history, Path logs, Consumer<NetnsNetwork> healing) {
    var network = NetnsNetwork.open(split.nodes());
    try {
      var jvms = JvmCluster.open(logs, NodeLaunches::isReady);
      return new NetnsDrillCluster(network, jvms, history, healing);
    } catch (RuntimeException e) {
      network.close();
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
    return askAll("replica", NetnsDrillCluster::replica);
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
    network.split(split.sides());
  }

  @Override
  public void heal() {
    healing.accept(network);
  }

  @Override
  public void close() {
    jvms.close();
    network.close();
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
