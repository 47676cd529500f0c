package io.roster.testkit.network;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Whether this machine lets this user make network namespaces, and how to get there if not. */
public final class NetnsSupport {

  private static final List<String> TOOLS = List.of("unshare", "nsenter", "ip", "nft");

  private NetnsSupport() {}

  /** What is missing and how to get it, for people; empty if nothing is. */
  public static Optional<String> missing() {
    if (!System.getProperty("os.name").equals("Linux")) {
      return Optional.of("network namespaces need Linux, got: " + System.getProperty("os.name"));
    }
    var tools = TOOLS.stream().filter(tool -> find(tool).isEmpty()).toList();
    if (!tools.isEmpty()) {
      return Optional.of(
          "expected the tools %s, missing: %s (Debian: apt-get install iproute2 nftables util-linux)"
              .formatted(TOOLS, tools));
    }
    if (!allowed()) {
      return Optional.of(
          """
          expected root or a user namespace, and neither is allowed here: run as root, or allow user \
          namespaces (sysctl -w kernel.unprivileged_userns_clone=1; on Ubuntu also \
          sysctl -w kernel.apparmor_restrict_unprivileged_userns=0; in a container --privileged)""");
    }
    return Optional.empty();
  }

  /** The first namespace: as root a network alone, otherwise with a user namespace around it. */
  static List<String> unshareFirst() {
    return isRoot()
        ? List.of(tool("unshare"), "--net", "--")
        : List.of(tool("unshare"), "--user", "--map-root-user", "--net", "--");
  }

  /** What enters the namespaces of {@code pid}. */
  static List<String> enter(long pid) {
    var command = new ArrayList<>(List.of(tool("nsenter"), "--target", String.valueOf(pid)));
    if (!isRoot()) {
      command.addAll(List.of("--user", "--preserve-credentials"));
    }
    command.addAll(List.of("--net", "--"));
    return command;
  }

  /** The path of a tool, or its bare name if it is nowhere to be found. */
  static String tool(String name) {
    return find(name).map(Path::toString).orElse(name);
  }

  private static boolean allowed() {
    try {
      var command = new ArrayList<>(unshareFirst());
      command.add("true");
      var probe = new ProcessBuilder(command);
      probe.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
      var process = probe.start();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Root here, which within a user namespace of somebody else's making is enough. */
  private static boolean isRoot() {
    try {
      return Files.getAttribute(Path.of("/proc/self"), "unix:uid") instanceof Integer uid
          && uid == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /* The system's folders too: an ordinary user's PATH often lacks them, and the tools live there. */
  private static Optional<Path> find(String tool) {
    var folders = new ArrayList<>(List.of(System.getenv().getOrDefault("PATH", "").split(":")));
    folders.addAll(List.of("/usr/sbin", "/sbin", "/usr/bin", "/bin"));
    return folders.stream()
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, tool))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
