package io.roster.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs a program in a folder of its own, which is gone afterwards. */
public final class Program implements AutoCloseable {

  private static final int TAIL_MAX = 2_000;

  private final Path folder;

  /** Makes the folder. */
  public Program() throws IOException {
    folder = Files.createTempDirectory("roster-bench");
  }

  /** Whether all of {@code programs} are on the path. */
  public static boolean areInstalled(String... programs) {
    String[] folders = System.getenv().getOrDefault("PATH", "").split(":", -1);
    return Stream.of(programs)
        .allMatch(
            program -> Stream.of(folders).anyMatch(on -> Files.isExecutable(Path.of(on, program))));
  }

  /** Puts a resource beside {@code owner} into the folder. */
  public void copy(Class<?> owner, String resource) throws IOException {
    try (var in = owner.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("invariant: on the class path: " + resource);
      }
      Files.copy(in, folder.resolve(resource));
    }
  }

  /**
   * Runs a command and waits for it.
   *
   * @return what it wrote to its output, and to its errors
   * @throws IOException if it fails or takes longer than {@code within}; then it is killed
   */
  public String run(Duration within, List<String> command)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile(folder, "output", ".txt");
    var process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      if (!process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IOException(
            "expected %s to end within %s, got: %s"
                .formatted(command.getFirst(), within, tail(output)));
      }
      if (process.exitValue() != 0) {
        throw new IOException(
            "expected %s to succeed, got exit code %d: %s"
                .formatted(command.getFirst(), process.exitValue(), tail(output)));
      }
      return Files.readString(output, StandardCharsets.UTF_8);
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private static String tail(Path output) throws IOException {
    String all = Files.readString(output, StandardCharsets.UTF_8);
    return all.substring(Math.max(0, all.length() - TAIL_MAX)).strip();
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
