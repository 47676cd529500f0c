package io.roster.net.membership.udp;

import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import io.roster.net.membership.Member;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a node remembers on disk from one start to the next: its last incarnation, where the others
 * were, and keys that it was given while it ran. One small text file for each name, where one that
 * cannot be read is as good as none, and one for the keys, which must be right if it is there.
 */
public final class NodeMemory {

  private static final Logger LOG = LoggerFactory.getLogger(NodeMemory.class);
  private static final String INCARNATION = "incarnation ";
  private static final String MEMBER = "member ";

  private static final Set<PosixFilePermission> OWNER_ALONE =
      PosixFilePermissions.fromString("rw-------");

  private final Path file;
  private final Path keyFile;

  /** Whether the last try to write failed: it is said once, not with each view. */
  private boolean failing;

  /** The memory of {@code name} in {@code directory}, which is made if need be. */
  public NodeMemory(Path directory, NodeName name) {
    this.file = directory.resolve("gossip-" + name + ".txt");
    this.keyFile = directory.resolve("gossip-" + name + ".keys");
  }

  /**
   * Makes the directory and tries to write in it: whoever gives one relies on it.
   *
   * @throws IllegalArgumentException if that does not work
   */
  public NodeMemory checked() {
    var directory = file.toAbsolutePath().getParent();
    try {
      Files.createDirectories(directory);
      Files.delete(Files.createTempFile(directory, "gossip-", ".try"));
      return this;
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "expected a data directory that can be written to, got: " + directory + ": " + e, e);
    }
  }

  /** The last incarnation, or zero. */
  public long incarnation() {
    for (String line : lines()) {
      if (line.startsWith(INCARNATION)) {
        try {
          long known = Long.parseLong(line.substring(INCARNATION.length()).strip());
          // Another start must be able to come after it.
          if (known >= 0 && known < NodeId.INCARNATION_MAX) {
            return known;
          }
          LOG.warn("{}: expected less than {}, got: {}", file, NodeId.INCARNATION_MAX, line);
        } catch (NumberFormatException e) {
          LOG.warn("{}: expected a number after \"incarnation\", got: {}", file, line);
        }
      }
    }
    return 0;
  }

  /** Where other members were. */
  public List<InetSocketAddress> addresses() {
    return addresses(lines());
  }

  private static List<InetSocketAddress> addresses(List<String> lines) {
    var addresses = new ArrayList<InetSocketAddress>();
    for (String line : lines) {
      if (line.startsWith(MEMBER)) {
        parse(line.substring(MEMBER.length()).strip(), addresses);
      }
    }
    return addresses;
  }

  /**
   * The keys that an operator gave this node while it ran; the first one seals. They stand above
   * the key of the cluster's secret.
   */
  public Optional<Keyring> keyring() {
    try {
      if (!Files.exists(keyFile)) {
        return Optional.empty();
      }
      var lines = Files.readAllLines(keyFile);
      return lines.stream().allMatch(String::isBlank)
          ? Optional.empty()
          : Optional.of(Keyring.parse(lines));
    } catch (IOException | IllegalArgumentException e) {
      // Neither message shows a key. Starting without them would look like an attack to the others.
      throw new IllegalStateException(
          "expected gossip keys in " + keyFile + ", got: " + e.getMessage(), e);
    }
  }

  /**
   * Writes the keys to a file that only this user can read, whole or not at all. Logs what goes
   * wrong.
   *
   * @return whether they are there
   */
  public synchronized boolean saveKeyring(Keyring keyring) {
    try {
      Files.createDirectories(keyFile.toAbsolutePath().getParent());
      var next = keyFile.resolveSibling(keyFile.getFileName() + ".next");
      Files.deleteIfExists(next);
      if (Files.getFileStore(keyFile.toAbsolutePath().getParent())
          .supportsFileAttributeView(PosixFileAttributeView.class)) {
        Files.createFile(next, PosixFilePermissions.asFileAttribute(OWNER_ALONE));
      }
      Files.write(next, keyring.keys().stream().map(GossipKey::encoded).toList());
      Files.move(
          next, keyFile, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return true;
    } catch (IOException e) {
      LOG.warn("expected to write {}, got: {}", keyFile, e.toString());
      return false;
    }
  }

  /** Notes this start and keeps the rest. Logs what goes wrong. */
  public synchronized void note(NodeId self) {
    var lines = new ArrayList<String>();
    var before = lines();
    lines.add(INCARNATION + self.incarnation());
    before.stream().filter(line -> line.startsWith(MEMBER)).forEach(lines::add);
    write(before, lines);
  }

  /**
   * Notes this start and where the others are or were, as {@link KnownAddresses} says. Logs what
   * goes wrong.
   */
  public synchronized void save(NodeId self, Collection<Member> members) {
    var lines = new ArrayList<String>();
    var before = lines();
    lines.add(INCARNATION + self.incarnation());
    for (InetSocketAddress address :
        KnownAddresses.merge(addresses(before), members, self.name())) {
      lines.add(MEMBER + address.getAddress().getHostAddress() + " " + address.getPort());
    }
    write(before, lines);
  }

  private void write(List<String> before, List<String> lines) {
    if (lines.equals(before)) {
      return;
    }
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      var next = file.resolveSibling(file.getFileName() + ".next");
      Files.write(next, lines);
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      failing = false;
    } catch (IOException e) {
      if (!failing) {
        LOG.warn("expected to write {}, got: {}; it will be tried again", file, e.toString());
      }
      failing = true;
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
