package io.roster.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused before any node is asked. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class KeysCommandTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|expected a key in the first line, got: nothing",
        "'   \nkey'|expected a key in the first line, got: nothing",
        "nonsense!|expected a gossip key of 32 bytes in Base64, got text that is not Base64",
        "c2hvcnQ=|expected a gossip key of 32 bytes in Base64, got 5 bytes",
      })
  void a_file_without_a_key_installs_none(String text, String refusal) throws IOException {
    var file = Files.writeString(folder.resolve("key"), text);
    var said = new StringWriter();
    var writer = new PrintWriter(said);

    // Nobody listens there: whoever asks first would complain of that.
    int code =
        Main.run(
            writer,
            writer,
            "keys",
            "install",
            "--key-file",
            file.toString(),
            "--admin",
            "127.0.0.1:1");

    assertThat(said.toString()).contains("option --key-file: " + refusal);
    assertThat(code).isEqualTo(RosterCommand.USAGE);
  }
}
