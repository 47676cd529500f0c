package io.roster.deploy;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import io.roster.testkit.agent.DrillModule;
import io.roster.testkit.drill.DrillHosts;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.awaitility.core.TerminalFailureException;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.output.OutputFrame;
import org.testcontainers.containers.wait.strategy.WaitStrategy;
import org.testcontainers.containers.wait.strategy.WaitStrategyTarget;
import org.testcontainers.utility.MountableFile;

/**
 * A node in a container, with the drill's agent, to which lines are written through the engine:
 * whatever becomes of the container's network, they arrive.
 */
final class ContainerNode implements DrillHosts.Node {

  static final int LINK_PORT = 7101;

  private static final String CLASS_PATH = "/opt/roster/lib/roster/";
  private static final String MODULES = "/opt/roster/modules/";
  private static final int LOG_TAIL_CHARACTERS = 4_000;
  private static final int PIPE_BYTES = 1 << 16;

  private final String name;
  private final GenericContainer<?> container;
  private final PipedOutputStream input = new PipedOutputStream();

  /**
   * A node that has not started.
   *
   * @param module a jar of the user's, which the node loads
   */
  ContainerNode(String image, String name, Path module, Consumer<String> lines) {
    this.name = name;
    this.container =
        new GenericContainer<>(image)
            .withCommand("node", "--json", "--name=" + name, "--module=" + MODULES + "user.jar")
            .withCopyFileToContainer(MountableFile.forHostPath(module), MODULES + "user.jar")
            .withCopyFileToContainer(
                MountableFile.forHostPath(testkit()), CLASS_PATH + "testkit.jar")
            .withEnv("JDK_JAVA_OPTIONS", "-Xmx256m -D" + DrillModule.PROPERTY + "=on")
            .withExposedPorts(LINK_PORT)
            .withCreateContainerCmdModifier(command -> command.withStdinOpen(true))
            .withLogConsumer(frame -> hear(frame, lines))
            .waitingFor(new Unawaited());
  }

  /** Brings the drill's agent. */
  private static Path testkit() {
    try {
      return Path.of(DrillModule.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  GenericContainer<?> container() {
    return container;
  }

  void start() {
    container.start();
    try {
      DockerClientFactory.lazyClient()
          .attachContainerCmd(container.getContainerId())
          .withStdIn(new PipedInputStream(input, PIPE_BYTES))
          .withFollowStream(true)
          .exec(new ResultCallback.Adapter<Frame>());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean isAlive() {
    return container.isRunning();
  }

  /** By the image's own health check. */
  @Override
  public void awaitReady(Duration within) {
    try {
      Awaitility.await()
          .atMost(within)
          .pollInterval(Duration.ofMillis(200))
          .failFast("it has ended", () -> !container.isRunning())
          .until(container::isHealthy);
    } catch (ConditionTimeoutException | TerminalFailureException e) {
      throw new IllegalStateException(
          "node %s: not healthy within %d s%n%s".formatted(name, within.toSeconds(), logTail()), e);
    }
  }

  @Override
  public synchronized void writeLine(String line) {
    try {
      input.write((line + "\n").getBytes(StandardCharsets.UTF_8));
      input.flush();
    } catch (IOException e) {
      // The pipe is broken because the container has ended; whoever needs to know asks isAlive().
    }
  }

  @Override
  public String logTail() {
    var log = container.getLogs();
    return log.substring(Math.max(0, log.length() - LOG_TAIL_CHARACTERS));
  }

  void close() {
    container.stop();
  }

  private static void hear(OutputFrame frame, Consumer<String> lines) {
    if (frame.getType() == OutputFrame.OutputType.STDOUT) {
      frame.getUtf8StringWithoutLineEnding().lines().forEach(lines);
    }
  }

  /** Containers start side by side; {@link #awaitReady} waits for each. */
  private static final class Unawaited implements WaitStrategy {

    @Override
    public void waitUntilReady(WaitStrategyTarget target) {}

    @Override
    public WaitStrategy withStartupTimeout(Duration timeout) {
      return this;
    }
  }
}
