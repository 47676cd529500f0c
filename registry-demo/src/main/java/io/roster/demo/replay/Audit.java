package io.roster.demo.replay;

import io.roster.core.server.ReplyTo;
import io.roster.demo.chat.ChatEntry;
import io.roster.demo.chat.ChatRoom.Message;
import io.roster.demo.chat.ChatRoom.Read;
import io.roster.demo.chat.ChatRoom.RoomPage;
import io.roster.demo.chat.ChatRoom.RoomSummary;
import io.roster.demo.chat.ChatRoom.Summarize;
import io.roster.demo.input.ChatInput;
import io.roster.demo.input.ChatPost;
import io.roster.net.client.ClientResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Asks every room for its count and digest and compares with the input; a room that differs is read
 * entry by entry.
 */
public final class Audit {

  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);
  private static final Duration AGAIN = Duration.ofMillis(100);
  private static final int PAGE = 500;

  private final ClientRooms rooms;

  /** An audit of rooms that nobody posts to any more. */
  public Audit(ClientRooms rooms) {
    this.rooms = rooms;
  }

  /**
   * What was found.
   *
   * @param comparison of all rooms together
   * @param roomsByNode how many rooms each node runs
   * @param moves how often rooms have moved with their posts
   * @param silent rooms that gave no answer; all their posts count as lost
   */
  public record Findings(
      RoomComparison comparison,
      Map<String, Integer> roomsByNode,
      long moves,
      List<String> silent) {}

  /** One room's part of it. */
  private record Finding(RoomComparison comparison, Optional<RoomSummary> summary) {}

  /** Asks all rooms, at once. */
  public Findings run(ChatInput input, Map<String, Integer> acknowledged)
      throws InterruptedException {
    var findings = new ConcurrentHashMap<String, Finding>();
    var threads = new ArrayList<Thread>();
    input
        .rooms()
        .forEach(
            (room, posts) ->
                threads.add(
                    Thread.ofVirtual()
                        .name("audit " + room)
                        .start(
                            () ->
                                findings.put(
                                    room, look(room, posts, acknowledged.getOrDefault(room, 0))))));
    for (var thread : threads) {
      thread.join();
    }
    return sum(findings);
  }

  private static Findings sum(Map<String, Finding> findings) {
    var comparison = RoomComparison.FLAWLESS;
    var byNode = new TreeMap<String, Integer>();
    var silent = new ArrayList<String>();
    long moves = 0;
    for (var entry : new TreeMap<>(findings).entrySet()) {
      comparison = comparison.plus(entry.getValue().comparison());
      var summary = entry.getValue().summary();
      if (summary.isPresent()) {
        byNode.merge(summary.get().node(), 1, Integer::sum);
        moves += summary.get().moves();
      } else {
        silent.add(entry.getKey());
      }
    }
    return new Findings(comparison, byNode, moves, List.copyOf(silent));
  }

  private Finding look(String room, List<ChatPost> posts, int acknowledged) {
    Optional<RoomSummary> summary = ask(room, Summarize::new);
    if (summary.isEmpty()) {
      return new Finding(new RoomComparison(acknowledged, 0, 0), summary);
    }
    long held = summary.get().posts();
    boolean isAsExpected =
        held == acknowledged
            && RoomComparison.digest(posts, acknowledged).equals(summary.get().digest());
    return new Finding(
        isAsExpected
            ? RoomComparison.FLAWLESS
            : RoomComparison.of(posts, acknowledged, readAll(room, held)),
        summary);
  }

  private List<ChatEntry> readAll(String room, long held) {
    var entries = new ArrayList<ChatEntry>();
    for (long first = 1; first <= held; first += PAGE) {
      long from = first;
      Optional<RoomPage> page = ask(room, replyTo -> new Read(from, PAGE, replyTo));
      page.ifPresent(p -> entries.addAll(p.entries()));
    }
    return entries;
  }

  private <R> Optional<R> ask(String room, Function<ReplyTo<R>, Message> request) {
    long deadline = System.nanoTime() + ANSWER_WITHIN.toNanos();
    while (true) {
      if (rooms.ask(room, request) instanceof ClientResult.Answered<R>(R answer)) {
        return Optional.of(answer);
      }
      if (System.nanoTime() - deadline > 0) {
        return Optional.empty();
      }
      java.util.concurrent.locks.LockSupport.parkNanos(AGAIN.toNanos());
    }
  }
}
