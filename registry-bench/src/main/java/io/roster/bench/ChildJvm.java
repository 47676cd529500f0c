package io.roster.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A program that runs in a JVM of its own, with this one's class path and as much opened to it as
 * to this one: without, Roster could not schedule its processes itself. Immutable.
 *
 * @param main the class whose {@code main} runs and tells its {@link Figures}
 * @param flags options of the JVM
 */
public record ChildJvm(Class<?> main, List<String> flags) {

  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** Copies the list. */
  public ChildJvm {
    flags = List.copyOf(flags);
  }

  /**
   * Runs it and waits for its end.
   *
   * @return its figures
   * @throws IOException if it fails
   */
  public Map<String, Double> run(List<String> arguments) throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(flag -> flag.startsWith("--add-opens"))
        .forEach(command::add);
    command.addAll(flags);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(arguments);
    try (var program = new Program()) {
      return Figures.parse(program.run(PATIENCE, command));
    }
  }
}
