package io.roster.bench.beam;

import io.roster.bench.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** OTP's processes, measured by a program of ours that {@code erl} runs where it is installed. */
public final class BeamPeer implements Peer {

  private static final String PROGRAM = "roster_peer.erl";
  private static final String FIGURE = "figure\t";

  @Override
  public String name() {
    return "BEAM";
  }

  @Override
  public Map<String, Double> measure(String suite) throws IOException, InterruptedException {
    if (!isInstalled("erl") || !isInstalled("erlc")) {
      return Map.of();
    }
    Path folder = Files.createTempDirectory("roster-beam-peer");
    try {
      try (var program = BeamPeer.class.getResourceAsStream(PROGRAM)) {
        if (program == null) {
          throw new IllegalStateException("invariant: the peer's program is on the class path");
        }
        Files.copy(program, folder.resolve(PROGRAM));
      }
      run(folder, List.of("erlc", PROGRAM));
      return figures(
          run(
              folder,
              List.of(
                  "erl",
                  "+P",
                  "2000000",
                  "-noshell",
                  "-sname",
                  "roster_peer_" + pid(),
                  "-pa",
                  ".",
                  "-eval",
                  "roster_peer:main(" + suite + "), halt().")));
    } finally {
      delete(folder);
    }
  }

  /** Reads lines of {@code figure}, key and number, and passes over all others. */
  static Map<String, Double> figures(String output) {
    var figures = new LinkedHashMap<String, Double>();
    output
        .lines()
        .filter(line -> line.startsWith(FIGURE))
        .map(line -> line.split("\t", -1))
        .forEach(words -> figures.put(words[1], Double.valueOf(words[2])));
    return figures;
  }

  private static long pid() {
    return ProcessHandle.current().pid();
  }

  private static boolean isInstalled(String program) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  private static String run(Path folder, List<String> command)
      throws IOException, InterruptedException {
    var process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    try (var reader = process.inputReader()) {
      String output = String.join("\n", reader.readAllLines());
      int code = process.waitFor();
      if (code != 0) {
        throw new IOException(
            "expected "
                + command.getFirst()
                + " to succeed, got exit code "
                + code
                + ": "
                + output);
      }
      return output;
    } finally {
      process.destroyForcibly();
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
