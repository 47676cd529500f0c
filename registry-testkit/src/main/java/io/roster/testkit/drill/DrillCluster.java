package io.roster.testkit.drill;

import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * A cluster with a network that can be cut, as a drill sees it. What happens on the nodes goes to
 * the {@link History} that the cluster was made with. Nodes count from one. Confined to the drill's
 * thread.
 */
public interface DrillCluster extends AutoCloseable {

  /** Waits until every node sees every node and is ready. */
  void awaitWhole(Duration within) throws InterruptedException;

  /** Starts a process for a claim and has it register; the outcome goes to the history. */
  void claim(Claim claim);

  /** Has the claim's process give its name up; the history is told when that is done. */
  void remove(Claim claim);

  /** For each node the pid of every name's owner, as its replica has it at this moment. */
  Map<Integer, Map<String, String>> replicas() throws InterruptedException;

  /** The claims whose processes live and hold their names, by their own nodes' word. */
  Set<Integer> alive() throws InterruptedException;

  /** Cuts the network between sides. */
  void split(Split split);

  /** Makes the network whole. */
  void heal();

  @Override
  void close();
}
