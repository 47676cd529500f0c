package io.roster.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class JmhCommandTest {

  @Test
  void the_build_has_made_every_benchmark() throws Exception {
    try (var list = ClassLoader.getSystemResourceAsStream("META-INF/BenchmarkList")) {
      assertThat(list).isNotNull();
      assertThat(new String(list.readAllBytes(), StandardCharsets.UTF_8))
          .contains("callRoundTrip", "cast", "mailboxHandOver", "registryLookup", "spawnAndExit");
    }
  }
}
