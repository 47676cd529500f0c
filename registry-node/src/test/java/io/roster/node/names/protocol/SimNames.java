package io.roster.node.names.protocol;

import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import io.roster.core.identity.Pid;
import io.roster.core.identity.ProcessName;
import io.roster.core.naming.Registration;
import io.roster.node.names.claim.Claim;
import io.roster.node.names.claim.Resolver;
import io.roster.node.names.store.InMemoryNameStore;
import io.roster.node.names.store.StoreAnswer;
import io.roster.node.names.store.StoreOperation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;

/**
 * Name tables of a few nodes on one thread: one random stream, one clock, one queue. Links are
 * ordered and may lose; sides of a split have an arbiter each, which are merged when they heal.
 */
final class SimNames {

  private static final long MILLI = 1_000_000L;
  private static final int STEPS_MAX = 400_000;

  private final SplittableRandom random;
  private final Resolver resolver;
  private final PriorityQueue<Event> queue =
      new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::order));
  private final Map<String, Node> nodes = new TreeMap<>();
  private final Map<String, Long> linkFreeAt = new HashMap<>();
  private final Map<String, Integer> side = new HashMap<>();
  private final Map<Integer, InMemoryNameStore> stores = new HashMap<>();
  private final List<String> trace = new ArrayList<>();
  double lossRate;
  double storeFailureRate;
  long nowNanos;
  private long scheduled;
  private long requests;
  private int messages;

  private record Event(long at, long order, Runnable action) {}

  /** One start of one node. */
  final class Node {
    final NodeId id;
    final NameTable table;
    final Set<Pid> alive = new TreeSet<>();
    final Map<Long, Registration> answers = new HashMap<>();
    final Map<ProcessName, Claim> published = new HashMap<>();
    final Set<Pid> told = new LinkedHashSet<>();
    final List<Effect.Settled> settled = new ArrayList<>();
    final Set<NodeId> linked = new HashSet<>();
    boolean running = true;
    private long serial;

    Node(NodeId id) {
      this.id = id;
      this.table = new NameTable(id, NameTableOptions.DEFAULT, resolver, nowNanos);
    }

    String name() {
      return id.name().value();
    }

    Claim standing(ProcessName name) {
      return Objects.requireNonNull(published.get(name), () -> id + " knows no " + name);
    }

    Pid spawn() {
      var pid = new Pid(id, ++serial);
      alive.add(pid);
      return pid;
    }

    void kill(Pid pid) {
      if (alive.remove(pid)) {
        step(new Input.Exited(pid));
      }
    }

    long register(ProcessName name, Pid pid, Input.Mode mode) {
      long request = ++requests;
      step(
          new Input.Register(
              request, name, pid, Map.of(), mode, nowNanos, nowNanos + 5_000 * MILLI));
      return request;
    }

    long register(ProcessName name, Pid pid) {
      return register(name, pid, new Input.Mode.Unique());
    }

    void unregister(ProcessName name, Pid pid) {
      step(new Input.Unregister(++requests, name, pid));
    }

    void step(Input input) {
      if (!running) {
        return;
      }
      for (var effect : table.step(input, nowNanos)) {
        perform(effect);
      }
    }

    private void perform(Effect effect) {
      switch (effect) {
        case Effect.Send(NodeId to, NamesMessage message) -> send(this, to, message);
        case Effect.Publish(var name, var before, var now) -> {
          if (!java.util.Optional.ofNullable(published.get(name)).equals(before)) {
            throw new AssertionError("published " + published.get(name) + " is not " + before);
          }
          now.ifPresentOrElse(claim -> published.put(name, claim), () -> published.remove(name));
        }
        case Effect.Ask(long ticket, StoreOperation operation) -> ask(this, ticket, operation);
        case Effect.Answer(long request, Registration registration) ->
            answers.put(request, registration);
        case Effect.Unregistered _ -> {}
        case Effect.Displace(Claim lost, Claim winner) -> {
          note(lost, "displaced by", winner);
          told.add(lost.owner());
          after(1_000, () -> kill(lost.owner()));
        }
        case Effect.Settled conflict -> settled.add(conflict);
      }
    }
  }

  SimNames(long seed, Resolver resolver, String... names) {
    this.random = new SplittableRandom(seed);
    this.resolver = resolver;
    stores.put(0, new InMemoryNameStore());
    for (var name : names) {
      side.put(name, 0);
      start(name, 1);
    }
  }

  Node on(String name) {
    return Objects.requireNonNull(nodes.get(name), name);
  }

  List<Node> nodes() {
    return List.copyOf(nodes.values());
  }

  InMemoryNameStore store(String node) {
    return storeOf(sideOf(node));
  }

  private int sideOf(String node) {
    return side.getOrDefault(node, 0);
  }

  private InMemoryNameStore storeOf(int number) {
    return stores.computeIfAbsent(number, _ -> new InMemoryNameStore());
  }

  void after(long millis, Runnable action) {
    queue.add(new Event(nowNanos + millis * MILLI, scheduled++, action));
  }

  void note(Object... words) {
    var line = new StringBuilder().append(nowNanos / MILLI);
    for (var word : words) {
      line.append(' ').append(word);
    }
    trace.add(line.toString());
  }

  String trace() {
    return String.join("\n", trace);
  }

  int messages() {
    return messages;
  }

  /** Starts {@code name} under a new incarnation; it joins whoever is on its side. */
  void start(String name, long incarnation) {
    var node = new Node(new NodeId(new NodeName(name), incarnation));
    nodes.put(name, node);
    note("start", node.id);
    ticks(node);
    for (var other : nodes.values()) {
      if (other != node && connected(node, other)) {
        meet(node, other);
      }
    }
  }

  /** The node is gone with all its processes; the others hear of it. */
  void crash(String name) {
    var node = on(name);
    note("crash", node.id);
    node.running = false;
    nodes.values().stream().filter(o -> o != node).forEach(other -> part(other, node));
  }

  boolean isRunning(String name) {
    return on(name).running;
  }

  /**
   * Cuts the nodes in {@code apart} off from all others. Their arbiter goes on with a copy of what
   * each of them had.
   */
  void split(Set<String> apart) {
    note("split", apart);
    var together = new ArrayList<Runnable>();
    int next = stores.size();
    pairs(
        (one, other) -> {
          boolean bothGo = apart.contains(one.name()) && apart.contains(other.name());
          if (bothGo && !connected(one, other)) {
            together.add(() -> meet(one, other));
          }
        });
    for (var name : apart) {
      var before = storeOf(sideOf(name));
      storeOf(next).merge(before);
    }
    apart.forEach(name -> side.put(name, next));
    pairs(
        (one, other) -> {
          if (!connected(one, other)) {
            part(one, other);
            part(other, one);
          }
        });
    together.forEach(Runnable::run);
  }

  /** Ends all splits. The arbiters are merged a little later than the links come up. */
  void heal() {
    note("heal");
    var apart = new ArrayList<Runnable>();
    pairs(
        (one, other) -> {
          if (!connected(one, other)) {
            apart.add(() -> meet(one, other));
          }
        });
    var merged = storeOf(0);
    side.replaceAll((_, _) -> 0);
    stores.forEach(
        (number, store) -> {
          if (number != 0) {
            merged.merge(store);
          }
        });
    apart.forEach(Runnable::run);
    after(1_500, () -> nodes().forEach(node -> node.step(new Input.StoreRepaired())));
  }

  void runFor(long millis) {
    long end = nowNanos + millis * MILLI;
    for (int i = 0; i < STEPS_MAX && !queue.isEmpty() && queue.peek().at() <= end; i++) {
      runNext();
    }
    nowNanos = Math.max(nowNanos, end);
  }

  long runUntil(String goal, BooleanSupplier reached) {
    long begin = nowNanos;
    for (int i = 0; i < STEPS_MAX; i++) {
      if (reached.getAsBoolean()) {
        return (nowNanos - begin) / MILLI;
      }
      runNext();
    }
    throw new AssertionError("still not " + goal + ":\n" + trace());
  }

  private void runNext() {
    var event = queue.remove();
    nowNanos = event.at();
    event.action().run();
  }

  private void ticks(Node node) {
    after(
        100,
        () -> {
          if (node.running) {
            node.step(new Input.Tick());
            ticks(node);
          }
        });
    after(10_000, () -> scan(node));
  }

  private void scan(Node node) {
    if (node.running) {
      store(node.name()).scan(held -> node.step(new Input.Scanned(held)));
      after(10_000, () -> scan(node));
    }
  }

  private interface Pair {
    void accept(Node one, Node other);
  }

  private void pairs(Pair action) {
    var all = nodes();
    for (int i = 0; i < all.size(); i++) {
      for (int j = i + 1; j < all.size(); j++) {
        if (all.get(i).running && all.get(j).running) {
          action.accept(all.get(i), all.get(j));
        }
      }
    }
  }

  private boolean connected(Node one, Node other) {
    return one.running
        && other.running
        && nodes.get(one.name()) == one
        && nodes.get(other.name()) == other
        && sideOf(one.name()) == sideOf(other.name());
  }

  /* Gossip and links come in any order, on either side at its own time. */
  private void meet(Node one, Node other) {
    for (var pair : List.of(List.of(one, other), List.of(other, one))) {
      var node = pair.get(0);
      var peer = pair.get(1);
      after(random.nextInt(300), () -> ifStill(node, peer, new Input.MemberUp(peer.id)));
      after(random.nextInt(300), () -> ifStill(node, peer, new Input.LinkUp(peer.id)));
    }
  }

  private void ifStill(Node node, Node peer, Input input) {
    if (connected(node, peer)) {
      if (input instanceof Input.LinkUp) {
        node.linked.add(peer.id);
      }
      node.step(input);
    }
  }

  private void part(Node node, Node peer) {
    node.linked.remove(peer.id);
    after(
        random.nextInt(200),
        () -> {
          if (!connected(node, peer)) {
            node.step(new Input.LinkDown(peer.id));
          }
        });
    after(
        300 + random.nextInt(1_500),
        () -> {
          if (!connected(node, peer)) {
            node.step(new Input.MemberDown(peer.id));
          }
        });
  }

  private void send(Node from, NodeId to, NamesMessage message) {
    var peer = on(to.name().value());
    messages++;
    if (!from.linked.contains(to) || !connected(from, peer) || random.nextDouble() < lossRate) {
      return;
    }
    var link = from.id + ">" + to;
    long arrives =
        Math.max(linkFreeAt.getOrDefault(link, 0L), nowNanos + (1 + random.nextInt(20)) * MILLI);
    linkFreeAt.put(link, arrives);
    queue.add(
        new Event(
            arrives,
            scheduled++,
            () -> {
              if (connected(from, peer) && peer.id.equals(to)) {
                peer.step(new Input.Received(from.id, message));
              }
            }));
  }

  private void ask(Node node, long ticket, StoreOperation operation) {
    after(
        1 + random.nextInt(5),
        () -> {
          if (!node.running) {
            return;
          }
          double luck = random.nextDouble();
          if (luck < storeFailureRate / 2) {
            stored(node, ticket, new StoreAnswer.Unavailable("simulated"));
            return;
          }
          store(node.name())
              .submit(
                  operation,
                  answer ->
                      stored(
                          node,
                          ticket,
                          luck < storeFailureRate
                              ? new StoreAnswer.Indeterminate("simulated")
                              : answer));
        });
  }

  private void stored(Node node, long ticket, StoreAnswer answer) {
    after(1 + random.nextInt(5), () -> node.step(new Input.Stored(ticket, answer)));
  }
}
