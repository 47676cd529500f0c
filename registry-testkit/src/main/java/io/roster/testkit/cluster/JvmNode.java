package io.roster.testkit.cluster;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * One JVM of a cluster. Thread-safe.
 *
 * <p>What it prints goes to its log file; each line of its standard output also goes to a listener,
 * and the first one that looks like it is the ready line.
 */
public final class JvmNode {

  private static final int LOG_TAIL_LINES = 25;

  private final String name;
  private final Path log;
  private final Process process;
  private final BufferedWriter input;
  private final CompletableFuture<String> ready = new CompletableFuture<>();

  private JvmNode(String name, Path log, Process process) {
    this.name = name;
    this.log = log;
    this.process = process;
    this.input = process.outputWriter(StandardCharsets.UTF_8);
  }

  static JvmNode start(
      JvmLaunch launch,
      ChildProcesses children,
      Path log,
      Predicate<String> isReadyLine,
      Consumer<String> listener)
      throws IOException {
    var builder = new ProcessBuilder(launch.command());
    builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
    var node = new JvmNode(launch.name(), log, children.start(builder));
    var outLog = log.resolveSibling(launch.name() + ".out");
    Thread.ofPlatform()
        .daemon()
        .name("stdout@" + launch.name())
        .start(() -> node.readOutput(outLog, isReadyLine, listener));
    return node;
  }

  /** Its name. */
  public String name() {
    return name;
  }

  /** The operating system's number for it. */
  public long pid() {
    return process.pid();
  }

  /** Where its standard error goes; its standard output is in {@code NAME.out} beside it. */
  public Path log() {
    return log;
  }

  /** Whether it runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /**
   * Waits for the ready line.
   *
   * @return that line
   * @throws IllegalStateException if the JVM ends first or the line does not come in time; the
   *     message has the end of the log
   */
  public String awaitReady(Duration within) throws InterruptedException {
    try {
      return ready.get(within.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new IllegalStateException(
          "node %s: not ready within %d s%n%s".formatted(name, within.toSeconds(), logTail()), e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "node %s: ended before it was ready, exit code %s%n%s"
              .formatted(name, exitCode(), logTail()),
          e);
    }
  }

  /**
   * Writes a line to its standard input. A JVM that is gone takes no line, and that is no error.
   */
  public void writeLine(String line) {
    synchronized (input) {
      try {
        input.write(line);
        input.write('\n');
        input.flush();
      } catch (IOException e) {
        // The pipe is broken because the JVM has ended; whoever needs to know asks isAlive().
      }
    }
  }

  /**
   * Asks it to end, as Ctrl-C would, and kills it if it has not ended in time.
   *
   * @return whether it ended by itself
   */
  public boolean stop(Duration within) throws InterruptedException {
    process.destroy();
    if (process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS)) {
      return true;
    }
    kill();
    return false;
  }

  /** Ends it at once, as {@code kill -9} would, and waits until it is gone. */
  public void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /** Stops it from running until {@link #resume}: {@code SIGSTOP}. */
  public void pause() throws InterruptedException {
    signal("STOP");
  }

  /** Lets it run on: {@code SIGCONT}. */
  public void resume() throws InterruptedException {
    signal("CONT");
  }

  /** Waits until it has ended. */
  public int awaitExit(Duration within) throws InterruptedException, TimeoutException {
    if (!process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new TimeoutException(
          "node %s: still running after %d s".formatted(name, within.toSeconds()));
    }
    return process.exitValue();
  }

  /** The last lines of its log. */
  public String logTail() {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join(
          "\n", lines.subList(Math.max(0, lines.size() - LOG_TAIL_LINES), lines.size()));
    } catch (IOException e) {
      return "(no log: " + e.getMessage() + ")";
    }
  }

  private String exitCode() throws InterruptedException {
    return process.waitFor(1, TimeUnit.SECONDS) ? String.valueOf(process.exitValue()) : "unknown";
  }

  private void signal(String signal) throws InterruptedException {
    try {
      int code = new ProcessBuilder("kill", "-" + signal, String.valueOf(pid())).start().waitFor();
      if (code != 0) {
        throw new IllegalStateException("node %s: cannot send SIG%s".formatted(name, signal));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void readOutput(Path outLog, Predicate<String> isReadyLine, Consumer<String> listener) {
    try (var reader = new BufferedReader(process.inputReader(StandardCharsets.UTF_8));
        var copy = Files.newBufferedWriter(outLog)) {
      for (var line = reader.readLine(); line != null; line = reader.readLine()) {
        copy.write(line);
        copy.newLine();
        copy.flush();
        listener.accept(line);
        if (isReadyLine.test(line)) {
          ready.complete(line);
        }
      }
    } catch (IOException e) {
      // The stream closes when the JVM is killed; what matters is told below.
    } finally {
      ready.completeExceptionally(new IllegalStateException("node " + name + ": output ended"));
    }
  }
}
