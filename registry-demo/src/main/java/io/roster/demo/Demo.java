package io.roster.demo;

import io.roster.demo.chat.Lobby;
import io.roster.demo.input.ChatInput;
import io.roster.demo.replay.Audit;
import io.roster.demo.replay.ClientRooms;
import io.roster.demo.replay.Pace;
import io.roster.demo.replay.Replay;
import io.roster.demo.replay.ReplayResult;
import io.roster.net.client.ClientResult;
import io.roster.net.client.ClientTarget;
import io.roster.net.client.RosterClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The story of the demo: three nodes, a client that replays an input, a fourth node that joins, one
 * that leaves, and a look at every room at the end. Good for one run.
 */
final class Demo {

  private static final Duration ATTEMPT = Duration.ofSeconds(3);
  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(30);
  private static final Duration OPEN_WITHIN = Duration.ofSeconds(70);
  private static final Duration SPREAD = Duration.ofSeconds(3);
  private static final Duration REDRAW = Duration.ofMillis(200);

  private static final String OBSERVER = "a";
  private static final String LEAVER = "b";
  private static final String JOINER = "d";

  private final ChatInput input;
  private final DemoCluster cluster;
  private final Progress progress;

  Demo(ChatInput input, DemoCluster cluster, Progress progress) {
    this.input = input;
    this.cluster = cluster;
    this.progress = progress;
  }

  /**
   * What came of it.
   *
   * @param result the verdict
   * @param replay what the client was told
   * @param findings what the rooms hold
   */
  record Outcome(DemoResult result, ReplayResult replay, Audit.Findings findings) {}

  Outcome run() throws InterruptedException {
    progress.step("starting nodes a, b and c");
    cluster.start(List.of(OBSERVER, LEAVER, "c"));
    try (var client = cluster.client()) {
      if (!client.awaitConnected(CONNECT_WITHIN)) {
        throw new IllegalStateException("expected a connection to a node, got: none");
      }
      open(client);
      var rooms = new ClientRooms(client, ATTEMPT);
      var replay =
          new Replay(input, rooms, new Pace(SPREAD), () -> join(client), () -> leave(client));
      var told = replay(replay);
      progress.step("asking every room what it holds");
      var findings = new Audit(rooms).run(input, told.acknowledged());
      return new Outcome(result(client, told, findings), told, findings);
    }
  }

  private void open(RosterClient client) throws InterruptedException {
    progress.step("opening %d rooms".formatted(input.rooms().size()));
    ClientResult<Lobby.Opened> opened =
        client.call(
            ClientTarget.onNode(Lobby.NAME, OBSERVER),
            replyTo -> new Lobby.Open(new ArrayList<>(input.rooms().keySet()), replyTo),
            OPEN_WITHIN);
    var problems = opened.orElseThrow().problems();
    if (!problems.isEmpty()) {
      throw new IllegalStateException(
          "%d rooms are not open, the first: %s".formatted(problems.size(), problems.getFirst()));
    }
    cluster.awaitInPlace(client, OBSERVER, DemoPlan.NODES_AT_BEGIN);
  }

  private ReplayResult replay(Replay replay) throws InterruptedException {
    progress.step("replaying %d posts".formatted(input.posts()));
    var drawing =
        Thread.ofPlatform()
            .daemon()
            .name("progress")
            .start(
                () -> {
                  try {
                    while (true) {
                      progress.bar(replay.acknowledged(), input.posts());
                      Thread.sleep(REDRAW);
                    }
                  } catch (InterruptedException e) {
                    progress.bar(replay.acknowledged(), input.posts());
                  }
                });
    try {
      return replay.run();
    } finally {
      drawing.interrupt();
      drawing.join();
    }
  }

  private void join(RosterClient client) throws InterruptedException {
    progress.step("node d joins");
    cluster.start(List.of(JOINER));
    cluster.awaitInPlace(client, OBSERVER, DemoPlan.NODES_STARTED);
    progress.step("node d has joined and has its share of the rooms");
  }

  private void leave(RosterClient client) throws InterruptedException {
    progress.step("node b leaves");
    cluster.leave(LEAVER);
    cluster.awaitInPlace(client, OBSERVER, DemoPlan.NODES_AT_END);
    progress.step("node b has left, its rooms are elsewhere");
  }

  private DemoResult result(RosterClient client, ReplayResult told, Audit.Findings findings) {
    int members = cluster.status(client, OBSERVER).map(status -> status.nodes().size()).orElse(0);
    return new DemoResult(
        new DemoResult.Nodes(cluster.started(), Math.min(members, cluster.running())),
        new DemoResult.Posts(input.rooms().size(), input.posts(), told.acknowledgedInAll()),
        findings.comparison(),
        findings.moves(),
        told.timing().total());
  }
}
