package io.roster.testkit.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roster.core.time.Ticker;
import io.roster.testkit.drill.FakeDrillCluster.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The drill over a cluster in memory; time passes fast, so that no test waits for a cut. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(60)
class PartitionDrillTest {

  /* A thousand times faster than the clock: a drill's waits are long and its polls are short. */
  private static final Ticker FAST = () -> System.nanoTime() * 1000;

  private final History history = new History(FAST);
  private final List<String> progress = new ArrayList<>();

  @ParameterizedTest(name = "{0}")
  @CsvSource({"'3,2',5", "'1,1,1',3", "'2,2',4"})
  void a_cluster_that_heals_passes(String sizes, int nodes) throws Exception {
    var verdict = run(Split.parse(sizes, nodes), Fault.NONE);

    assertThat(verdict.complaints()).isEmpty();
    assertThat(verdict.conflicts()).isEqualTo(10 + 4);
    assertThat(verdict.losers())
        .isEqualTo((10 + 4) * (Split.parse(sizes, nodes).sides().size() - 1));
    assertThat(verdict.one()).isEqualTo(verdict.names());
    assertThat(verdict.detectMs()).isPresent();
    assertThat(verdict.healMs()).isPresent();
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void a_cluster_that_does_not_heal_as_it_should_fails(Fault fault) throws Exception {
    var verdict = run(Split.parse("2,1", 3), fault);

    assertThat(verdict.isPass()).isFalse();
    assertThat(verdict.toJson()).startsWith("{\"verdict\":\"fail\"");
  }

  @Test
  void every_step_is_told() throws Exception {
    run(Split.parse("2,1", 3), Fault.NONE);

    assertThat(progress)
        .contains("registering 40 names", "cutting the network: [[1, 2], [3]]")
        .endsWith("all replicas agree");
  }

  @Test
  void the_report_tells_the_verdict_and_every_contested_name() throws Exception {
    var split = Split.parse("2,1", 3);
    var verdict = run(split, Fault.LOSERS_NOT_TOLD);

    var html = PartitionReport.html(options(split), history.entries(), verdict);

    assertThat(html)
        .contains("<span class=\"fail\">fail</span>")
        .contains("14 claims had to give way, 0 were told once")
        .contains("n1, n2 | n3")
        .contains("contested-0009");
  }

  @Test
  void options_are_checked() {
    var split = Split.parse("2,1", 3);

    assertThatThrownBy(() -> new PartitionOptions(split, 0, Duration.ZERO))
        .hasMessage("expected 1 to 100000 names, got: 0");
    assertThatThrownBy(() -> new PartitionOptions(split, 1, Duration.ofSeconds(-1)))
        .hasMessage("expected hold to be zero or more, got: PT-1S");
    assertThat(Stream.of(1, 2, 3, 4, 5).map(n -> new PartitionOptions(split, n, Duration.ZERO)))
        .extracting(PartitionOptions::conflictsMin)
        .containsExactly(1, 1, 1, 1, 2);
  }

  private PartitionVerdict run(Split split, Fault fault) throws InterruptedException {
    var cluster = new FakeDrillCluster(split, history, fault);
    return new PartitionDrill(options(split), cluster, history, progress::add).run();
  }

  private static PartitionOptions options(Split split) {
    return new PartitionOptions(split, 40, Duration.ofMillis(100));
  }
}
