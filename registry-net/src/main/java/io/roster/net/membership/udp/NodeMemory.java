package io.roster.net.membership.udp;

import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import io.roster.net.membership.Member;
import io.roster.net.membership.MemberState;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a node remembers on disk from one start to the next: its last incarnation, and where the
 * others were. One small text file for each name; a file that cannot be read is as good as none.
 */
public final class NodeMemory {

  private static final Logger LOG = LoggerFactory.getLogger(NodeMemory.class);
  private static final String INCARNATION = "incarnation ";
  private static final String MEMBER = "member ";
  private static final int ADDRESSES_MAX = 1_024;

  private final Path file;

  /** The memory of {@code name} in {@code directory}, which is made if need be. */
  public NodeMemory(Path directory, NodeName name) {
    this.file = directory.resolve("gossip-" + name + ".txt");
  }

  /** The last incarnation, or zero. */
  public long incarnation() {
    for (String line : lines()) {
      if (line.startsWith(INCARNATION)) {
        try {
          return Math.max(0, Long.parseLong(line.substring(INCARNATION.length()).strip()));
        } catch (NumberFormatException e) {
          LOG.warn("{}: expected a number after \"incarnation\", got: {}", file, line);
        }
      }
    }
    return 0;
  }

  /** Where other members were. */
  public List<InetSocketAddress> addresses() {
    var addresses = new ArrayList<InetSocketAddress>();
    for (String line : lines()) {
      if (line.startsWith(MEMBER)) {
        parse(line.substring(MEMBER.length()).strip(), addresses);
      }
    }
    return addresses;
  }

  /** Notes this start and keeps the rest. Logs what goes wrong. */
  public synchronized void note(NodeId self) {
    var lines = new ArrayList<String>();
    lines.add(INCARNATION + self.incarnation());
    lines().stream().filter(line -> line.startsWith(MEMBER)).forEach(lines::add);
    write(lines);
  }

  /** Notes this start and the others that have not left. Logs what goes wrong. */
  public synchronized void save(NodeId self, Collection<Member> members) {
    if (members.size() < 2) {
      // Knowing nobody is no reason to forget where they were.
      note(self);
      return;
    }
    var lines = new ArrayList<String>();
    lines.add(INCARNATION + self.incarnation());
    members.stream()
        .filter(member -> member.state() != MemberState.LEFT && !member.id().equals(self))
        .limit(ADDRESSES_MAX)
        .forEach(
            member ->
                lines.add(
                    MEMBER
                        + member.gossipAddress().getAddress().getHostAddress()
                        + " "
                        + member.gossipAddress().getPort()));
    write(lines);
  }

  private void write(List<String> lines) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      var next = file.resolveSibling(file.getFileName() + ".next");
      Files.write(next, lines);
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      LOG.warn("expected to write {}, got: {}", file, e.toString());
    }
  }

  private List<String> lines() {
    try {
      return Files.exists(file) ? Files.readAllLines(file) : List.of();
    } catch (IOException e) {
      LOG.warn("expected to read {}, got: {}", file, e.toString());
      return List.of();
    }
  }

  private static void parse(String text, List<InetSocketAddress> into) {
    var parts = text.split(" ", 2);
    try {
      into.add(new InetSocketAddress(InetAddress.ofLiteral(parts[0]), Integer.parseInt(parts[1])));
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      LOG.warn("expected an address and a port, got: {}", text);
    }
  }
}
