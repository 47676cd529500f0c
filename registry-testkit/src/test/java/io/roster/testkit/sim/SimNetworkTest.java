package io.roster.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What the network loses, and what that costs. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SimNetworkTest {

  private static final int SENT = 10_000;

  @Test
  void a_lossless_network_loses_nothing_within_a_host() {
    assertThat(arrived(Link.lan())).isEqualTo(SENT);
  }

  @Test
  void within_a_host_a_tenth_of_the_loss_is_left() {
    assertThat(arrived(Link.lan().losing(0.5))).isBetween(9_400, 9_600);
  }

  @Test
  void in_bursts_as_much_is_lost_but_many_in_a_row() {
    var simulation = new Simulation(1);
    var link = Link.lan().losing(0.3).inBursts(10);
    var network = new SimNetwork<String>(simulation, link);
    var arrived = new boolean[10 * SENT];
    for (int i = 0; i < arrived.length; i++) {
      int which = i;
      network.datagram("here", "there", () -> arrived[which] = true);
    }
    simulation.runFor(Duration.ofSeconds(1));

    int lost = 0;
    int bursts = 0;
    for (int i = 0; i < arrived.length; i++) {
      lost += arrived[i] ? 0 : 1;
      bursts += !arrived[i] && (i == 0 || arrived[i - 1]) ? 1 : 0;
    }

    assertThat(lost / (double) arrived.length).isBetween(0.28, 0.32);
    assertThat(lost / (double) bursts).isBetween(9.0, 11.0);
  }

  @Test
  void a_packet_of_a_handshake_that_is_lost_costs_a_second() {
    var network = new SimNetwork<String>(new Simulation(1), Link.lan().losing(0.5));
    int[] seconds = new int[3];

    for (int i = 0; i < SENT; i++) {
      seconds[(int) network.handshake().toSeconds()]++;
    }

    assertThat(seconds[0] / (double) SENT).isBetween(0.23, 0.27);
    assertThat(seconds[1] / (double) SENT).isBetween(0.48, 0.52);
    assertThat(seconds[2] / (double) SENT).isBetween(0.23, 0.27);
  }

  private static int arrived(Link link) {
    var simulation = new Simulation(1);
    var network = new SimNetwork<String>(simulation, link);
    var count = new AtomicInteger();
    for (int i = 0; i < SENT; i++) {
      network.local(count::incrementAndGet);
    }
    simulation.runFor(Duration.ofSeconds(1));
    return count.get();
  }
}
