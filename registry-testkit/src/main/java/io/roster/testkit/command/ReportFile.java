package io.roster.testkit.command;

import io.roster.node.cli.CommandFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where a command writes its page. Stateless. */
final class ReportFile {

  private ReportFile() {}

  /** Refuses a file that could not be written, before anything is run for it. */
  static void check(@Nullable Path file) {
    if (file == null) {
      return;
    }
    var folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder) || Files.isDirectory(file)) {
      throw CommandFailure.usage(
          "expected a file in an existing folder for --report, got: " + file);
    }
  }
}
