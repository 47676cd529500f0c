package io.roster.testkit.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The folder for the logs of a drill's nodes.
 *
 * @param path where
 * @param isKept whether somebody asked for it
 */
record DrillLogs(Path path, boolean isKept) {

  /** The folder that was asked for, or a temporary one. */
  static DrillLogs open(@Nullable Path asked) throws IOException {
    return asked == null
        ? new DrillLogs(Files.createTempDirectory("roster-drill-"), false)
        : new DrillLogs(asked, true);
  }

  /** Shows every step with the time since the beginning. */
  static Consumer<String> progress(CommandSpec spec) {
    long began = System.nanoTime();
    var err = spec.commandLine().getErr();
    return line -> {
      err.println(
          String.format(Locale.ROOT, "%7.1f s  %s", (System.nanoTime() - began) / 1e9, line));
      err.flush();
    };
  }

  /** Deletes it if nobody wants it, or says where it is. */
  void close(boolean isPass, CommandSpec spec) throws IOException {
    if (!isPass || isKept) {
      spec.commandLine().getErr().println("logs: " + path);
      return;
    }
    try (var files = Files.list(path)) {
      for (var file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(path);
  }
}
