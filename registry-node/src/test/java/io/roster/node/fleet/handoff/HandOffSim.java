package io.roster.node.fleet.handoff;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.ByteString;
import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import io.roster.core.identity.Pid;
import io.roster.core.identity.ProcessName;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One worker, two nodes, one arbiter and a client that sends numbers in order, on one thread: equal
 * seeds give equal runs. The client notes what was acknowledged; {@link #verdict} says what is
 * wrong in the end.
 */
final class HandOffSim {

  static final NodeId A = new NodeId(new NodeName("a"), 1);
  static final NodeId B = new NodeId(new NodeName("b"), 1);
  static final Pid OLD = new Pid(A, 7);
  static final Pid NEW = new Pid(B, 9);
  private static final int SENT_MAX = 400;
  private static final HandOffLimits LIMITS =
      new HandOffLimits(
          Duration.ofSeconds(2), Duration.ofMillis(100), Duration.ofMillis(20), 64, 1 << 20);

  private final SplittableRandom random;
  private final PriorityQueue<Event> queue =
      new PriorityQueue<>(Comparator.comparingLong(Event::atNanos).thenComparingLong(Event::order));
  private final Map<String, Long> lastArrival = new HashMap<>();
  private final List<String> trace = new ArrayList<>();
  private long nowNanos;
  private long order;

  private SourceHandOff source;
  private @Nullable TargetHandOff target;
  private final Worker old = new Worker(OLD);
  private @Nullable Worker standby;
  private boolean sourceNodeUp = true;
  private boolean targetNodeUp = true;
  private @Nullable Pid owner = OLD;

  private final TreeSet<Integer> acknowledged = new TreeSet<>();
  private int sent;
  private boolean isReleased;
  private @Nullable HandOffOutcome atSource;
  private @Nullable HandOffOutcome atTarget;

  double loss;
  double unknown;
  Predicate<Object> killSourceBefore = _ -> false;
  Predicate<Object> killTargetBefore = _ -> false;
  Predicate<Object> killTargetAfter = _ -> false;
  Predicate<Object> killSourceAfter = _ -> false;
  boolean standbyFails;
  boolean loadFails;

  HandOffSim(long seed) {
    random = new SplittableRandom(seed);
    old.acting = true;
    var begun =
        SourceHandOff.begin(
            new MoveId(A, 1),
            new SourceHandOff.Worker(new ProcessName("room"), OLD, "room", ByteString.EMPTY),
            B,
            LIMITS,
            0);
    source = begun.next();
    after(Duration.ofMillis(5), () -> perform(begun));
    after(Duration.ofMillis(1), this::clientSends);
    after(Duration.ofMillis(10), this::tick);
  }

  void run() {
    for (int steps = 0; steps < 50_000 && !queue.isEmpty(); steps++) {
      Event next = queue.remove();
      nowNanos = next.atNanos();
      next.action().run();
    }
  }

  /** What is wrong, or empty. */
  List<String> verdict() {
    var wrong = new ArrayList<String>();
    List<Worker> acting = workers().stream().filter(w -> w.alive && w.acting).toList();
    if (acting.size() > 1) {
      wrong.add("two workers act");
    }
    boolean stateMayBeGone = !sourceNodeUp || (!targetNodeUp && isReleased);
    if (acting.isEmpty() && !stateMayBeGone) {
      wrong.add("nobody acts");
    }
    for (Worker worker : acting) {
      if (!worker.pid.equals(owner)) {
        wrong.add(worker.pid + " acts but the name is with " + owner);
      }
      if (!worker.applied.stream().sorted().distinct().toList().equals(worker.applied)) {
        wrong.add("applied twice or out of order: " + worker.applied);
      }
      if (!worker.applied.containsAll(acknowledged)) {
        var lost = new TreeSet<>(acknowledged);
        lost.removeAll(worker.applied);
        wrong.add("acknowledged and lost: " + lost);
      }
      if (!worker.held.isEmpty()) {
        wrong.add("held back for ever: " + worker.held);
      }
    }
    if (sourceNodeUp && !source.isFinished()) {
      wrong.add("source never finished: " + source.phase());
    }
    if (targetNodeUp && target != null && !target.isFinished()) {
      wrong.add("target never finished: " + target.phase());
    }
    if (targetNodeUp && standby != null && standby.alive && !standby.acting) {
      wrong.add("a standby waits for ever");
    }
    if (!wrong.isEmpty()) {
      wrong.addAll(trace);
    }
    return wrong;
  }

  @Nullable HandOffOutcome atSource() {
    return atSource;
  }

  @Nullable HandOffOutcome atTarget() {
    return atTarget;
  }

  int acknowledged() {
    return acknowledged.size();
  }

  private List<Worker> workers() {
    return standby == null ? List.of(old) : List.of(old, standby);
  }

  // --- the client: one message after the other to whoever its replica names

  private void clientSends() {
    if (sent >= SENT_MAX) {
      return;
    }
    int number = ++sent;
    Pid seen = owner;
    if (seen != null) {
      deliver("client>" + seen, seen.equals(OLD) ? old : standby, number);
    }
    after(Duration.ofMillis(1 + random.nextInt(4)), this::clientSends);
  }

  private void deliver(String link, @Nullable Worker to, int number) {
    arriveInOrder(
        link,
        () -> {
          if (to != null && to.alive) {
            to.receive(number);
          }
        });
  }

  // --- nodes

  private void tick() {
    if (nowNanos > Duration.ofSeconds(60).toNanos()) {
      return;
    }
    source(new SourceInput.Tick());
    target(new TargetInput.Tick());
    after(Duration.ofMillis(10), this::tick);
  }

  private void source(SourceInput input) {
    if (sourceNodeUp) {
      perform(source.step(input, nowNanos));
    }
  }

  private void target(TargetInput input) {
    if (targetNodeUp && target != null) {
      perform(target.step(input, nowNanos));
    }
  }

  private void perform(SourceHandOff.Step step) {
    source = step.next();
    for (SourceEffect effect : step.effects()) {
      if (!sourceNodeUp) {
        return;
      }
      if (killSourceBefore.test(effect)) {
        trace.add("source dies before " + effect);
        killSource();
        return;
      }
      if (killTargetBefore.test(effect)) {
        trace.add("target dies before " + effect);
        killTarget();
      }
      trace.add(nowNanos / 1_000_000 + " source " + effect);
      perform(effect);
      killAfter(effect);
    }
  }

  private void perform(SourceEffect effect) {
    switch (effect) {
      case SourceEffect.Send(HandOffMessage.ToTarget message) ->
          transmit("a>b", effect, () -> receiveAtTarget(message));
      case SourceEffect.Seal _ ->
          command(
              () -> {
                old.acting = false;
                source(new SourceInput.WorkerSealed(old.snapshot()));
              });
      case SourceEffect.Resume _ -> command(old::act);
      case SourceEffect.Transfer(Pid to) ->
          claim(OLD, to, answer -> source(new SourceInput.Transferred(answer)));
      case SourceEffect.Reclaim(Pid from) ->
          claim(from, OLD, answer -> source(new SourceInput.Reclaimed(answer)));
      case SourceEffect.Release(Pid to) ->
          command(
              () -> {
                isReleased = true;
                List<ByteString> backlog =
                    old.held.stream().map(n -> ByteString.copyFrom(n.toString(), UTF_8)).toList();
                old.held.clear();
                old.passesTo = to;
                source(new SourceInput.Released(backlog));
              });
      case SourceEffect.GiveWay(Pid _) -> old.alive = false;
      case SourceEffect.Finish(HandOffOutcome outcome) -> atSource = outcome;
    }
  }

  private void receiveAtTarget(HandOffMessage.ToTarget message) {
    if (!targetNodeUp) {
      return;
    }
    if (target == null && message instanceof HandOffMessage.Prepare prepare) {
      perform(TargetHandOff.begin(prepare, LIMITS, nowNanos));
    } else {
      target(new TargetInput.Received(message));
    }
    killAfter(message);
  }

  private void killAfter(Object what) {
    if (killSourceAfter.test(what)) {
      trace.add("source dies after " + what);
      killSource();
    }
    if (killTargetAfter.test(what)) {
      trace.add("target dies after " + what);
      killTarget();
    }
  }

  private void perform(TargetHandOff.Step step) {
    target = step.next();
    for (TargetEffect effect : step.effects()) {
      if (!targetNodeUp) {
        return;
      }
      if (killTargetBefore.test(effect)) {
        trace.add("target dies before " + effect);
        killTarget();
        return;
      }
      if (killSourceBefore.test(effect)) {
        trace.add("source dies before " + effect);
        killSource();
      }
      trace.add(nowNanos / 1_000_000 + " target " + effect);
      perform(effect);
      killAfter(effect);
    }
  }

  private void perform(TargetEffect effect) {
    switch (effect) {
      case TargetEffect.Send(HandOffMessage.ToSource message) ->
          transmit("b>a", effect, () -> source(new SourceInput.Received(message)));
      case TargetEffect.StartStandby _ ->
          // Long enough for the move to end meanwhile.
          after(
              Duration.ofNanos(random.nextInt(10_000) * 1_000L),
              () -> {
                if (standbyFails) {
                  target(new TargetInput.StandbyFailed("init said ignore"));
                } else {
                  standby = new Worker(NEW);
                  target(new TargetInput.StandbyStarted(NEW));
                }
              });
      case TargetEffect.Load(ByteString state) ->
          soon(
              () -> {
                if (loadFails || standby == null) {
                  target(new TargetInput.StandbyFailed("state cannot be read"));
                } else {
                  standby.load(state);
                  target(new TargetInput.Loaded());
                }
              });
      case TargetEffect.TakeOver(Pid from) ->
          claim(from, NEW, answer -> target(new TargetInput.TookOver(answer)));
      case TargetEffect.Own _ -> {}
      case TargetEffect.Open(List<ByteString> backlog) -> {
        if (standby != null) {
          backlog.forEach(body -> standby.handle(Integer.parseInt(body.toString(UTF_8))));
          standby.act();
        }
      }
      case TargetEffect.Discard _ -> {
        if (standby != null) {
          standby.alive = false;
          release(NEW);
        }
      }
      case TargetEffect.Finish(HandOffOutcome outcome) -> atTarget = outcome;
    }
  }

  private void killSource() {
    if (!sourceNodeUp) {
      return;
    }
    sourceNodeUp = false;
    old.alive = false;
    after(
        timeToNotice(),
        () -> {
          release(OLD);
          target(new TargetInput.SourceDown());
        });
  }

  private void killTarget() {
    if (!targetNodeUp) {
      return;
    }
    targetNodeUp = false;
    if (standby != null) {
      standby.alive = false;
    }
    after(
        timeToNotice(),
        () -> {
          release(NEW);
          source(new SourceInput.TargetDown());
        });
  }

  /** Often so short that the other side is in the very step that the dead one was in. */
  private Duration timeToNotice() {
    return Duration.ofMillis(random.nextBoolean() ? random.nextInt(25) : random.nextInt(700));
  }

  // --- the arbiter

  private void claim(Pid from, Pid to, Consumer<Claim> answer) {
    boolean lostOnTheWay = random.nextDouble() < unknown;
    boolean lostOnTheWayBack = random.nextDouble() < unknown;
    soon(
        () -> {
          Claim verdict = lostOnTheWay ? new Claim.Unknown() : compareAndSet(from, to);
          killAfter(verdict);
          soon(() -> answer.accept(lostOnTheWayBack ? new Claim.Unknown() : verdict));
        });
  }

  private Claim compareAndSet(Pid from, Pid to) {
    if (to.equals(owner) || from.equals(owner) || (owner == null && isTakingBack(to))) {
      owner = to;
      return new Claim.Won();
    }
    return owner == null ? new Claim.Vacant() : new Claim.Lost(owner);
  }

  /** A claim by the process's own node may also take a name that nobody has. */
  private boolean isTakingBack(Pid to) {
    return to.equals(OLD) || !sourceNodeUp;
  }

  private void release(Pid pid) {
    if (pid.equals(owner)) {
      owner = null;
    }
  }

  // --- the network: in order on each link

  private void transmit(String link, Object effect, Runnable action) {
    if (random.nextDouble() < loss) {
      trace.add("lost " + effect);
      return;
    }
    arriveInOrder(link, action);
  }

  private void arriveInOrder(String link, Runnable action) {
    long at =
        Math.max(
            nowNanos + (100 + random.nextInt(3_000)) * 1_000L,
            lastArrival.getOrDefault(link, 0L) + 1);
    lastArrival.put(link, at);
    queue.add(new Event(at, order++, action));
  }

  /** Commands to one process keep their order. */
  private void command(Runnable action) {
    arriveInOrder("a>" + OLD, action);
  }

  private void soon(Runnable action) {
    after(Duration.ofNanos((50 + random.nextInt(500)) * 1_000L), action);
  }

  private void after(Duration delay, Runnable action) {
    queue.add(new Event(nowNanos + delay.toNanos(), order++, action));
  }

  private record Event(long atNanos, long order, Runnable action) {}

  /** Keeps the numbers it was sent; holds them back unless it acts. */
  private final class Worker {
    final Pid pid;
    List<Integer> applied = new ArrayList<>();
    final Deque<Integer> held = new ArrayDeque<>();
    boolean alive = true;
    boolean acting;
    @Nullable Pid passesTo;

    Worker(Pid pid) {
      this.pid = pid;
    }

    void receive(int number) {
      if (passesTo != null) {
        deliver("passed", standby, number);
      } else if (acting) {
        handle(number);
      } else {
        held.add(number);
      }
    }

    void handle(int number) {
      applied.add(number);
      acknowledged.add(number);
    }

    void act() {
      acting = true;
      while (!held.isEmpty()) {
        handle(held.remove());
      }
    }

    ByteString snapshot() {
      return ByteString.copyFrom(
          String.join(",", applied.stream().map(String::valueOf).toList()), UTF_8);
    }

    void load(ByteString state) {
      String text = state.toString(UTF_8);
      applied = new ArrayList<>();
      if (!text.isEmpty()) {
        Arrays.stream(text.split(",", -1)).map(Integer::valueOf).forEach(applied::add);
      }
    }
  }
}
