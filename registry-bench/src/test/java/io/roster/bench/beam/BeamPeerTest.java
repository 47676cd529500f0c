package io.roster.bench.beam;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BeamPeerTest {

  @Test
  void figures_are_read_and_other_lines_passed_over() {
    String output = "a warning\nfigure\tcall_1_1\t360000.125\nfigure\tspawn\t1.000\n";

    assertThat(BeamPeer.figures(output))
        .containsEntry("call_1_1", 360000.125)
        .containsEntry("spawn", 1.0)
        .hasSize(2);
  }
}
