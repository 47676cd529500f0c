package io.roster.testkit.names;

import io.roster.core.identity.NodeId;
import io.roster.core.identity.Pid;
import io.roster.core.identity.ProcessName;
import io.roster.core.naming.Registration;
import io.roster.node.names.claim.Resolver;
import io.roster.node.names.protocol.Effect;
import io.roster.node.names.protocol.Input;
import io.roster.node.names.protocol.NameTable;
import io.roster.node.names.protocol.NameTableOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The names of one start of one node, and its processes that claim some. */
public final class SimNames {

  private static final Duration TICK = Duration.ofMillis(100);
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(8);

  private final ClusterSim cluster;
  private final NodeId id;
  private final long skewMillis;
  private final NameTable table;
  private final Map<Long, Holding> waiting = new HashMap<>();
  private final List<Holding> holdings = new ArrayList<>();
  private long serials;
  private long times;
  private boolean isGone;

  SimNames(ClusterSim cluster, NodeId id, long skewMillis) {
    this.cluster = cluster;
    this.id = id;
    this.skewMillis = skewMillis;
    this.table =
        new NameTable(
            id, NameTableOptions.DEFAULT, Resolver.KEEP_OLDER, cluster.simulation().nowNanos());
    tick();
  }

  /** Which start of which node. */
  public NodeId id() {
    return id;
  }

  /** Whether it runs. */
  public boolean isRunning() {
    return !isGone;
  }

  /** Who has a name, as this node knows. */
  public Optional<Pid> whereis(ProcessName name) {
    return table.standing(name).map(claim -> claim.owner());
  }

  /** Every claim that was ever made here, in order. */
  public List<Holding> holdings() {
    return List.copyOf(holdings);
  }

  /** Starts a process that claims a name. */
  public void claim(ProcessName name) {
    var holding = new Holding(name, new Pid(id, ++serials));
    holdings.add(holding);
    waiting.put(serials, holding);
    cluster.note(id + ": " + holding);
    input(
        new Input.Register(
            serials,
            name,
            holding.pid(),
            Map.of(),
            new Input.Mode.Unique(),
            hybridTime(),
            cluster.simulation().nowNanos() + ANSWER_WITHIN.toNanos()));
  }

  /** Has the holder of a name here, if there is one, give it up. */
  public void giveUp(ProcessName name) {
    granted(name)
        .ifPresent(
            holding -> {
              holding.become(Holding.State.GIVEN_UP);
              cluster.note(id + ": " + holding);
              input(new Input.Unregister(-1, name, holding.pid()));
            });
  }

  /** Ends the process that holds a name here, if there is one. */
  public void end(ProcessName name) {
    granted(name)
        .ifPresent(
            holding -> {
              holding.become(Holding.State.GIVEN_UP);
              cluster.note(id + ": process of " + holding + " ends");
              input(new Input.Exited(holding.pid()));
            });
  }

  /** Ends with its node. */
  void crash() {
    isGone = true;
    holdings.stream()
        .filter(h -> h.state() == Holding.State.GRANTED || h.state() == Holding.State.WAITING)
        .forEach(h -> h.become(Holding.State.CRASHED));
  }

  void input(Input input) {
    if (!isGone) {
      table.step(input, cluster.simulation().nowNanos()).forEach(this::perform);
    }
  }

  private Optional<Holding> granted(ProcessName name) {
    return holdings.stream()
        .filter(h -> h.name().equals(name) && h.state() == Holding.State.GRANTED)
        .findFirst();
  }

  private void perform(Effect effect) {
    switch (effect) {
      case Effect.Send(NodeId to, var message) -> cluster.send(id, to, message);
      case Effect.Ask(long ticket, var operation) ->
          cluster
              .arbiter()
              .submit(id.name(), operation, answer -> input(new Input.Stored(ticket, answer)));
      case Effect.Answer(long request, Registration registration) -> answer(request, registration);
      case Effect.Displace(var lost, var winner) -> displace(lost.owner(), winner.owner());
      case Effect.Publish _, Effect.Unregistered _, Effect.Settled _ -> {
        // The table itself is looked at, and the workload knows what it gave up.
      }
    }
  }

  private void answer(long request, Registration registration) {
    var holding = waiting.remove(request);
    if (holding == null || holding.state() != Holding.State.WAITING) {
      return;
    }
    boolean granted =
        registration instanceof Registration.Registered(ProcessName _, Pid pid)
            && pid.equals(holding.pid());
    holding.become(granted ? Holding.State.GRANTED : Holding.State.FAILED);
    cluster.note(id + ": " + holding + ": " + registration);
    if (!granted) {
      // A process without its name ends; so an outcome that was unknown is settled.
      cluster.simulation().after(Duration.ZERO, () -> input(new Input.Exited(holding.pid())));
    }
  }

  /* It is told, and ends within its grace. */
  private void displace(Pid owner, Pid winner) {
    holdings.stream()
        .filter(h -> h.pid().equals(owner))
        .forEach(
            holding -> {
              holding.told();
              cluster.note(id + ": " + holding + ", winner " + winner);
            });
    var grace = Duration.ofMillis(cluster.chance().nextInt(500));
    cluster.simulation().after(grace, () -> input(new Input.Exited(owner)));
  }

  private void tick() {
    if (!isGone) {
      cluster
          .simulation()
          .after(
              TICK,
              () -> {
                input(new Input.Tick());
                tick();
              });
    }
  }

  /* Clocks differ between nodes, and never go back on one. */
  private long hybridTime() {
    long millis = 1_000_000 + cluster.simulation().now().toMillis() + skewMillis;
    times = Math.max(times + 1, millis << 16);
    return times;
  }
}
