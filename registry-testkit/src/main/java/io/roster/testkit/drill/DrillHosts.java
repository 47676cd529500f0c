package io.roster.testkit.drill;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * Where the nodes of a drill run, and the network between them: namespaces of this machine, the
 * containers of an engine. Confined to the drill's thread.
 */
public interface DrillHosts extends AutoCloseable {

  /**
   * Starts the node {@code n<number>} with an agent and returns at once.
   *
   * @param number from one
   * @param lines hears every line that the node prints, in order, on a thread of its own
   */
  Node start(int number, Consumer<String> lines);

  /** Cuts the network between sides. */
  void split(Split split);

  /** Makes the network whole. */
  void heal();

  /** Ends every node and clears the network away. */
  @Override
  void close();

  /** A node that was started. Thread-safe. */
  interface Node {

    /** What it is called in messages. */
    String name();

    /** Whether it runs. */
    boolean isAlive();

    /**
     * Waits until it says that it is ready.
     *
     * @throws IllegalStateException if it ends first or does not say so in time
     */
    void awaitReady(Duration within) throws InterruptedException;

    /** Writes a line to its standard input; a node that is gone takes none. */
    void writeLine(String line);

    /** The last lines of its log. */
    String logTail();
  }
}
