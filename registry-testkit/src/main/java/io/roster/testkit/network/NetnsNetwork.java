package io.roster.testkit.network;

import io.roster.testkit.cluster.ChildProcesses;
import io.roster.testkit.cluster.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Hosts {@code 10.77.0.1} to {@code 10.77.0.N} on one bridge, whose traffic can be cut between any
 * two of them and in one direction alone. Needs root or a user namespace; see {@link
 * NetnsSupport#missing}. Confined to one thread.
 *
 * <p>The bridge has a namespace of its own, where no firewall of the machine's reaches it, and all
 * rules live there: a cut of any shape is one transaction and takes effect everywhere at once.
 * Namespaces have no names. Each is held by one small process, so that networks of programs that
 * run at the same time cannot collide, and the kernel clears everything away when the holders end.
 */
public final class NetnsNetwork implements AutoCloseable {

  /** Traffic from one host to another, in that direction alone. Hosts count from one. */
  public record Direction(int from, int to) {}

  private static final int HOSTS_MAX = 250;

  private final ChildProcesses holders;
  private final long bridge;
  private final List<Long> hosts;

  private NetnsNetwork(ChildProcesses holders, long bridge, List<Long> hosts) {
    this.holders = holders;
    this.bridge = bridge;
    this.hosts = hosts;
  }

  /**
   * Makes a network.
   *
   * @throws IllegalStateException if this machine does not allow it; the message says what to do
   */
  public static NetnsNetwork open(int hosts) {
    if (hosts < 1 || hosts > HOSTS_MAX) {
      throw new IllegalArgumentException(
          "expected 1 to %d hosts, got: %d".formatted(HOSTS_MAX, hosts));
    }
    NetnsSupport.missing()
        .ifPresent(
            reason -> {
              throw new IllegalStateException(reason);
            });
    var holders = ChildProcesses.open();
    try {
      return build(holders, hosts);
    } catch (IOException e) {
      holders.close();
      throw new UncheckedIOException("cannot make network namespaces: " + e.getMessage(), e);
    } catch (RuntimeException e) {
      holders.close();
      throw e;
    }
  }

  private static NetnsNetwork build(ChildProcesses holders, int count) throws IOException {
    var bridge = hold(holders, NetnsSupport.unshareFirst());
    var unshare = new ArrayList<>(NetnsSupport.enter(bridge));
    unshare.addAll(List.of(NetnsSupport.tool("unshare"), "--net", "--"));
    var hosts = new ArrayList<Long>();
    for (int host = 1; host <= count; host++) {
      hosts.add(hold(holders, unshare));
    }
    var network = new NetnsNetwork(holders, bridge, List.copyOf(hosts));
    network.wire();
    network.cut(List.of());
    return network;
  }

  /* The holder says when it is in its namespace, and ends when its standard input closes. */
  private static long hold(ChildProcesses holders, List<String> enter) throws IOException {
    var command = new ArrayList<>(enter);
    command.addAll(List.of("sh", "-c", "trap '' INT; echo in; exec cat"));
    var builder = new ProcessBuilder(command);
    builder.redirectErrorStream(true);
    var holder = holders.start(builder);
    var said = holder.inputReader(StandardCharsets.UTF_8).readLine();
    if (!"in".equals(said)) {
      throw new IOException("expected a namespace from " + enter + ", got: " + said);
    }
    return holder.pid();
  }

  private void wire() throws IOException {
    var ip = new StringBuilder("link add br0 type bridge\nlink set br0 up\n");
    for (int host = 1; host <= hosts.size(); host++) {
      ip.append(
          """
          link add v%1$d type veth peer name e0 netns %2$d
          link set v%1$d master br0 up
          """
              .formatted(host, hosts.get(host - 1)));
    }
    run(place(bridge), List.of(NetnsSupport.tool("ip"), "-batch", "-"), ip.toString());
    for (int host = 1; host <= hosts.size(); host++) {
      run(
          place(host),
          List.of(NetnsSupport.tool("ip"), "-batch", "-"),
          "addr add %s/24 dev e0\nlink set e0 up\nlink set lo up\n".formatted(address(host)));
    }
  }

  /** How many hosts there are. */
  public int size() {
    return hosts.size();
  }

  /** The address of a host, which counts from one. */
  public String address(int host) {
    return "10.77.0." + checked(host);
  }

  /** Where to run what shall run on a host. */
  public Place place(int host) {
    return place(hosts.get(checked(host) - 1).longValue());
  }

  /** Drops exactly these directions from now on, and no others. */
  public void cut(Collection<Direction> directions) {
    drop(directions, List.of(""));
  }

  /** Drops the connections to one port in exactly these directions from now on, nothing else. */
  public void cutPort(Collection<Direction> directions, int port) {
    drop(
        directions,
        List.of(
            "ip protocol tcp tcp dport " + port + " ", "ip protocol tcp tcp sport " + port + " "));
  }

  private void drop(Collection<Direction> directions, List<String> packets) {
    var rules =
        directions.stream()
            .flatMap(
                way ->
                    packets.stream()
                        .map(
                            packet ->
                                "iifname \"v%d\" oifname \"v%d\" %sdrop"
                                    .formatted(way.from(), way.to(), packet)))
            .collect(Collectors.joining("\n"));
    /* Declared, deleted and declared again: one transaction, whether the table was there or not. */
    run(
        place(bridge),
        List.of(NetnsSupport.tool("nft"), "-f", "-"),
        """
        table bridge roster {}
        delete table bridge roster
        table bridge roster {
          chain cut {
            type filter hook forward priority 0; policy accept;
            %s
          }
        }
        """
            .formatted(rules));
  }

  /** Drops everything between hosts of different sides, both ways. */
  public void split(List<? extends Collection<Integer>> sides) {
    cut(directions(sides));
  }

  /** Lets everything pass again. */
  public void heal() {
    cut(List.of());
  }

  /** The directions that lead from one side to another. */
  public static List<Direction> directions(List<? extends Collection<Integer>> sides) {
    return IntStream.range(0, sides.size())
        .boxed()
        .flatMap(
            a ->
                IntStream.range(0, sides.size())
                    .filter(b -> b != a)
                    .boxed()
                    .flatMap(
                        b ->
                            sides.get(a).stream()
                                .flatMap(
                                    from ->
                                        sides.get(b).stream().map(to -> new Direction(from, to)))))
        .toList();
  }

  /** Ends the processes that hold the namespaces; the kernel takes the rest away. */
  @Override
  public void close() {
    holders.close();
  }

  private int checked(int host) {
    if (host < 1 || host > hosts.size()) {
      throw new IllegalArgumentException(
          "expected a host from 1 to %d, got: %d".formatted(hosts.size(), host));
    }
    return host;
  }

  private static Place place(long holder) {
    return new Place(NetnsSupport.enter(holder));
  }

  private static void run(Place place, List<String> command, String input) {
    try {
      var builder = new ProcessBuilder(place.command(command));
      builder.redirectErrorStream(true);
      var process = builder.start();
      try (var stdin = process.outputWriter(StandardCharsets.UTF_8)) {
        stdin.write(input);
      }
      var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException("%s: failed: %s".formatted(command, said.strip()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(command + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(command + ": interrupted", e);
    }
  }
}
