package io.roster.net.membership.swim;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.net.membership.GossipOptions;
import io.roster.net.membership.Member;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Views are compared once more when nobody has been met for a while. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SettlingTest extends OneMachine {

  private static final Member THIRD = member("third", 1, 0);
  private static final Duration SETTLING = GossipOptions.lan().pushPull().settling();

  private final List<Duration> comparedAfter = new ArrayList<>();
  private long begunNanos;

  @Test
  void views_are_compared_once_after_somebody_new_was_met() {
    begunNanos = now;
    meet(OTHER);

    run(Duration.ofSeconds(10));

    assertThat(comparedAfter).containsExactly(SETTLING);
  }

  @Test
  void whoever_is_met_meanwhile_puts_that_off() {
    begunNanos = now;
    meet(OTHER);
    run(Duration.ofSeconds(2));
    meet(PEER);

    run(Duration.ofSeconds(10));

    assertThat(comparedAfter).containsExactly(SETTLING.plusSeconds(2));
  }

  @Test
  void it_is_done_each_time() {
    begunNanos = now;
    meet(OTHER);
    run(Duration.ofSeconds(4));
    meet(THIRD);

    run(Duration.ofSeconds(10));

    assertThat(comparedAfter).containsExactly(SETTLING, SETTLING.plusSeconds(4));
  }

  private void meet(Member member) {
    // The first meeting compares as well; what of that is open stands in the way of nothing else.
    opens(packet(member, new Packet.News(), new Rumor.Told(member)))
        .forEach(open -> step(new Input.StreamFailed(open.stream(), false)));
  }

  private void run(Duration time) {
    long until = now + time.toNanos();
    while (swim.wakeAtNanos() <= until) {
      now = Math.max(now, swim.wakeAtNanos());
      for (var open : opens(step(new Input.Wake()))) {
        if (open.first() instanceof StreamMessage.Compare) {
          comparedAfter.add(Duration.ofNanos(now - begunNanos));
        }
        step(new Input.StreamFailed(open.stream(), false));
      }
    }
    now = until;
  }
}
