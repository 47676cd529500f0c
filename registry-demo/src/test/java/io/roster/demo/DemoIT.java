package io.roster.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.node.cli.Main;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole demo, with its sample. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DemoIT {

  // case 82
  @Test
  @Timeout(600)
  void nothing_is_lost_doubled_or_out_of_order_while_nodes_come_and_go(@TempDir Path logs) {
    var out = new StringWriter();
    var err = new StringWriter();

    int code =
        Main.run(new PrintWriter(out), new PrintWriter(err), "demo", "--json", "--logs=" + logs);

    assertThat(err.toString()).contains("node d has joined", "node b has left");
    assertThat(out.toString().strip())
        .startsWith(
            "{\"nodesStarted\":4,\"nodesAtEnd\":3,\"rooms\":16,\"posts\":304,"
                + "\"acknowledged\":304,\"lost\":0,\"duplicated\":0,\"outOfOrder\":0,\"moves\":")
        .endsWith("\"ok\":true}");
    assertThat(code).isZero();
  }
}
