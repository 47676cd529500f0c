package io.roster.core.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.core.identity.Pid;
import io.roster.core.signal.ExitReason;
import io.roster.core.support.LocalNode;
import java.util.OptionalLong;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CountersTest {

  @RegisterExtension final LocalNode node = new LocalNode();

  private final Counters<String> counters = new Counters<>(node.system());

  private Pid forever() {
    return node.system().spawn(self -> self.receive());
  }

  @Test
  void a_counter_that_is_taken_away_leaves_the_sum_and_the_last_one_leaves_nothing() {
    Pid one = forever();
    Pid other = forever();
    counters.add("k", one, 2);
    counters.add("k", other, 3);

    assertThat(counters.remove("k", one)).isTrue();
    assertThat(counters.remove("k", one)).isFalse();
    assertThat(counters.sum("k")).isEqualTo(3);
    node.system().exit(other, ExitReason.killed());

    assertThat(counters.sum("k")).isZero();
    assertThat(counters.size()).isZero();
  }

  @Test
  void the_sum_follows_its_parts_and_their_processes() {
    Pid first = forever();
    Pid second = forever();
    assertThat(counters.add("jobs", first, 2)).isEqualTo(OptionalLong.of(2));
    assertThat(counters.add("jobs", second, 3)).isEqualTo(OptionalLong.of(3));
    assertThat(counters.add("jobs", first, 1)).isEqualTo(OptionalLong.of(3));
    assertThat(counters.sum("jobs")).isEqualTo(6);

    node.system().exit(first, ExitReason.killed());

    assertThat(counters.sum("jobs")).isEqualTo(3);
    assertThat(counters.value("jobs", first)).isZero();
    assertThat(counters.value("jobs", second)).isEqualTo(3);
    assertThat(counters.add("jobs", first, 1)).isEmpty();
  }
}
