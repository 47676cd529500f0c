package io.roster.testkit.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Real JVMs that belong together, with a folder for their logs. Thread-safe.
 *
 * <p>Everything that it started has ended when {@link #close} returns, and soon after this program
 * has ended in whatever way.
 */
public final class JvmCluster implements AutoCloseable {

  private final Path folder;
  private final Predicate<String> isReadyLine;
  private final ChildProcesses children;
  private final List<JvmNode> nodes = new CopyOnWriteArrayList<>();

  private JvmCluster(Path folder, Predicate<String> isReadyLine, ChildProcesses children) {
    this.folder = folder;
    this.isReadyLine = isReadyLine;
    this.children = children;
  }

  /**
   * A cluster without nodes.
   *
   * @param folder where logs go; made if it is missing
   * @param isReadyLine tells the line by which a JVM says that it is ready
   */
  public static JvmCluster open(Path folder, Predicate<String> isReadyLine) {
    try {
      Files.createDirectories(folder);
      return new JvmCluster(folder, isReadyLine, ChildProcesses.open());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make the folder for logs: " + folder, e);
    }
  }

  /** Starts a JVM and returns at once; {@link JvmNode#awaitReady} waits for it. */
  public JvmNode start(JvmLaunch launch) {
    return start(launch, line -> {});
  }

  /**
   * Starts a JVM and returns at once.
   *
   * @param listener hears every line of its standard output, in order, on a thread of its own
   */
  public JvmNode start(JvmLaunch launch, Consumer<String> listener) {
    try {
      var log = folder.resolve(launch.name() + ".log");
      var node = JvmNode.start(launch, children, log, isReadyLine, listener);
      nodes.add(node);
      return node;
    } catch (IOException e) {
      throw new UncheckedIOException("node " + launch.name() + ": cannot be started", e);
    }
  }

  /** Every JVM that was started, in order, whether it still runs or not. */
  public List<JvmNode> nodes() {
    return List.copyOf(nodes);
  }

  /** Where the logs are. */
  public Path folder() {
    return folder;
  }

  /** Kills what still runs. */
  @Override
  public void close() {
    children.close();
  }
}
