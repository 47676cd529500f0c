package io.roster.demo.chat;

import io.roster.core.identity.ProcessName;
import io.roster.core.process.ProcessContext;
import io.roster.core.server.GenServer;
import io.roster.core.server.Init;
import io.roster.core.server.Next;
import io.roster.core.server.ReplyTo;
import io.roster.net.membership.Member;
import io.roster.net.membership.Membership;
import io.roster.node.fleet.Fleet;
import io.roster.node.fleet.WorkerStart;
import io.roster.node.fleet.WorkerView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Opens rooms and tells where they are. Every node has one, under the local name {@value #NAME}.
 */
public final class Lobby implements GenServer<Fleet, Lobby.Message> {

  /** Its name on each node. */
  public static final String NAME = "chat-lobby";

  private static final Duration OPEN_WITHIN = Duration.ofSeconds(60);

  private final Fleet fleet;
  private final Membership membership;

  /** What a lobby is asked. */
  public sealed interface Message {}

  /**
   * Opens rooms; those that are open stay as they are.
   *
   * @param rooms their names
   * @param replyTo where the answer goes once all are open
   */
  public record Open(List<String> rooms, ReplyTo<Opened> replyTo) implements Message {}

  /**
   * Asks how the cluster is.
   *
   * @param replyTo where the answer goes
   */
  public record Ask(ReplyTo<Status> replyTo) implements Message {}

  /**
   * What became of {@link Open}.
   *
   * @param problems rooms that are not open, each with the reason
   */
  public record Opened(List<String> problems) {}

  /**
   * How the cluster is, as this node sees it.
   *
   * @param nodes names of the nodes that are up
   * @param rooms rooms that are wished for
   * @param inPlace those of them that run where they belong
   */
  public record Status(List<String> nodes, long rooms, long inPlace) {}

  /** A lobby of a node. */
  Lobby(Fleet fleet, Membership membership) {
    this.fleet = fleet;
    this.membership = membership;
  }

  @Override
  public Init<Fleet> init(ProcessContext self) {
    return Init.ok(fleet);
  }

  @Override
  public Next<Fleet> handle(Message message, Fleet rooms) throws InterruptedException {
    var _ =
        switch (message) {
          case Open(List<String> names, ReplyTo<Opened> replyTo) -> replyTo.reply(open(names));
          case Ask(ReplyTo<Status> replyTo) -> replyTo.reply(status());
        };
    return Next.proceed(rooms);
  }

  private Opened open(List<String> names) throws InterruptedException {
    var starts = new LinkedHashMap<String, CompletableFuture<WorkerStart>>();
    for (var name : names) {
      starts.put(name, fleet.startAsync(new ProcessName(name), ChatTypes.WORKER, ""));
    }
    var problems = new ArrayList<String>();
    long deadline = System.nanoTime() + OPEN_WITHIN.toNanos();
    for (var start : starts.entrySet()) {
      var problem = problem(start.getValue(), deadline - System.nanoTime());
      if (!problem.isEmpty()) {
        problems.add(start.getKey() + ": " + problem);
      }
    }
    return new Opened(List.copyOf(problems));
  }

  private static String problem(CompletableFuture<WorkerStart> start, long waitNanos)
      throws InterruptedException {
    try {
      var outcome = start.get(Math.max(0, waitNanos), TimeUnit.NANOSECONDS);
      return switch (outcome) {
        case WorkerStart.Started _, WorkerStart.AlreadyWanted _ -> "";
        case WorkerStart.Ignored _,
            WorkerStart.Failed _,
            WorkerStart.UnknownType _,
            WorkerStart.BadArguments _,
            WorkerStart.Pending _ ->
            outcome.toString();
      };
    } catch (TimeoutException e) {
      return "not open within " + OPEN_WITHIN.toSeconds() + " s";
    } catch (ExecutionException e) {
      return e.toString();
    }
  }

  private Status status() {
    var workers =
        fleet.workers().stream().filter(w -> w.workerType().equals(ChatTypes.WORKER)).toList();
    return new Status(
        membership.members().stream()
            .filter(Member::isUp)
            .map(member -> member.id().name().value())
            .toList(),
        workers.size(),
        workers.stream().filter(Lobby::isInPlace).count());
  }

  private static boolean isInPlace(WorkerView worker) {
    return worker.pid().isPresent()
        && worker.belongsOn().isPresent()
        && worker.pid().get().nodeName().equals(worker.belongsOn().get());
  }
}
