package io.roster.net.membership.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import io.roster.net.membership.Member;
import io.roster.net.membership.MemberState;
import io.roster.net.membership.NodeMetadata;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class NodeMemoryTest {

  private static final NodeName NAME = new NodeName("a");

  @TempDir private Path directory;

  @Test
  void the_last_start_is_remembered() {
    var last = new NodeId(NAME, NodeId.INCARNATION_MAX - 1);

    new NodeMemory(directory, NAME).note(last);

    assertThat(new NodeMemory(directory, NAME).incarnation()).isEqualTo(last.incarnation());
  }

  @Test
  void an_unchanged_view_is_not_written_again() throws Exception {
    var memory = new NodeMemory(directory, NAME);
    var self = new NodeId(NAME, 1);
    var peer =
        new Member(
            new NodeId(new NodeName("b"), 1),
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 7_002),
            MemberState.ALIVE,
            0,
            NodeMetadata.PLAIN);
    memory.save(self, List.of(peer));
    var file = directory.resolve("gossip-a.txt");
    Files.setLastModifiedTime(file, FileTime.fromMillis(1));

    memory.save(self, List.of(peer));

    assertThat(Files.getLastModifiedTime(file)).isEqualTo(FileTime.fromMillis(1));
    assertThat(memory.addresses()).containsExactly(peer.gossipAddress());
  }

  @Test
  void a_directory_is_made_and_tried_and_nothing_is_left_of_it() {
    var made = directory.resolve("new").resolve("one");

    new NodeMemory(made, NAME).checked();

    assertThat(made).isEmptyDirectory();
  }

  @Test
  void a_directory_that_cannot_be_is_refused_by_name() throws Exception {
    var file = Files.createFile(directory.resolve("file"));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new NodeMemory(file, NAME).checked())
        .withMessageStartingWith(
            "expected a data directory that can be written to, got: " + file.toAbsolutePath());
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "9223372036854775807", "4611686018427387904", "soon", ""})
  void an_incarnation_that_none_can_come_after_is_forgotten(String written) throws Exception {
    Files.write(directory.resolve("gossip-a.txt"), List.of("incarnation " + written));

    assertThat(new NodeMemory(directory, NAME).incarnation()).isZero();
  }
}
