package io.roster.testkit.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.testkit.cluster.JvmCluster;
import io.roster.testkit.cluster.JvmLaunch;
import io.roster.testkit.cluster.JvmNode;
import io.roster.testkit.requirement.Requirement;
import io.roster.testkit.requirement.Requires;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Requires(Requirement.NETNS)
@Timeout(120)
class NetnsNetworkIT {

  @TempDir Path folder;
  private NetnsNetwork network;
  private JvmCluster cluster;
  private final List<JvmNode> nodes = new ArrayList<>();
  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

  @BeforeEach
  void open() throws Exception {
    network = NetnsNetwork.open(3);
    cluster = JvmCluster.open(folder, line -> line.startsWith("ready"));
    for (int host = 1; host <= 3; host++) {
      nodes.add(
          cluster.start(
              JvmLaunch.of("h" + host, PortMain.class.getName(), List.of(network.address(host)))
                  .withJvmOptions(List.of("-Xmx32m"))
                  .withPlace(network.place(host)),
              heard::add));
    }
    for (var node : nodes) {
      node.awaitReady(Duration.ofSeconds(30));
    }
    heard.clear();
  }

  @AfterEach
  void close() {
    cluster.close();
    network.close();
  }

  @Test
  void hosts_reach_each_other_until_they_are_split_and_again_when_it_is_healed() throws Exception {
    assertThat(reaches(1, 3)).isTrue();

    network.split(List.of(List.of(1, 2), List.of(3)));
    assertThat(reaches(1, 2)).isTrue();
    assertThat(reaches(1, 3)).isFalse();
    assertThat(reaches(3, 2)).isFalse();

    network.heal();
    assertThat(reaches(1, 3)).isTrue();
    assertThat(reaches(3, 2)).isTrue();
  }

  // case 41
  @Test
  void one_pair_is_cut_while_a_third_reaches_both() throws Exception {
    network.split(List.of(List.of(1), List.of(2)));

    assertThat(reaches(1, 2)).isFalse();
    assertThat(reaches(3, 1)).isTrue();
    assertThat(reaches(3, 2)).isTrue();
  }

  @Test
  void two_networks_at_one_time_do_not_disturb_each_other() throws Exception {
    try (var other = NetnsNetwork.open(3)) {
      other.split(List.of(List.of(1), List.of(2), List.of(3)));

      assertThat(reaches(1, 2)).isTrue();
    }
    assertThat(reaches(2, 3)).isTrue();
  }

  private boolean reaches(int from, int to) throws InterruptedException {
    nodes.get(from - 1).writeLine(network.address(to));
    return (network.address(to) + " open").equals(heard.poll(30, TimeUnit.SECONDS));
  }
}
