package io.roster.demo.replay;

import io.roster.demo.chat.ChatEntry;
import io.roster.demo.input.ChatInput;
import io.roster.demo.input.ChatPost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.ConcurrentHistogram;

/**
 * Replays an input: one virtual thread for each room, all at once. What a room's thread does next
 * is decided by {@link RoomReplay}. Good for one run; {@link #acknowledged} may be asked by any
 * thread meanwhile.
 */
public final class Replay {

  private final ChatInput input;
  private final Rooms rooms;
  private final ReplayGate gate;

  private final ConcurrentHistogram nanos = new ConcurrentHistogram(3);
  private final AtomicInteger acknowledged = new AtomicInteger();
  private final AtomicLong retries = new AtomicLong();
  private final Map<String, Integer> byRoom = new ConcurrentHashMap<>();
  private final Map<String, String> abandoned = new ConcurrentHashMap<>();

  /**
   * A replay that has not begun.
   *
   * @param pace how fast posts go out
   * @param first the change at a third of the posts
   * @param second the change at two thirds
   */
  public Replay(ChatInput input, Rooms rooms, Pace pace, Change first, Change second) {
    this.input = input;
    this.rooms = rooms;
    this.gate = new ReplayGate(pace, input.posts(), first, second);
  }

  /**
   * Replays everything; returns when every room is finished or given up and both changes are made.
   */
  public ReplayResult run() throws InterruptedException {
    long beginNanos = System.nanoTime();
    var threads = new ArrayList<Thread>();
    input
        .rooms()
        .forEach(
            (room, posts) ->
                threads.add(
                    Thread.ofVirtual().name("room " + room).start(() -> replay(room, posts))));
    try {
      for (var thread : threads) {
        thread.join();
      }
    } finally {
      threads.forEach(Thread::interrupt);
    }
    var total = Duration.ofNanos(System.nanoTime() - beginNanos);
    gate.awaitChanges();
    return new ReplayResult(
        byRoom,
        abandoned,
        new ReplayResult.Timing(
            total, percentile(50), percentile(99), percentile(100), retries.get()),
        gate.failure().map(Throwable::toString));
  }

  /** How many posts are acknowledged so far. */
  public int acknowledged() {
    return acknowledged.get();
  }

  private void replay(String room, List<ChatPost> posts) {
    byRoom.put(room, 0);
    var decision = RoomReplay.begin(posts.size());
    long beginNanos = 0;
    try {
      while (decision.step() instanceof RoomReplay.Step.Send(int sequence, Duration pause)) {
        if (decision.replay().failures() == 0) {
          gate.pass();
          beginNanos = System.nanoTime();
        } else {
          retries.incrementAndGet();
          TimeUnit.NANOSECONDS.sleep(pause.toNanos());
        }
        var post = posts.get(sequence - 1);
        var attempt = rooms.post(room, new ChatEntry(sequence, post.user(), post.text()));
        decision = decision.replay().on(attempt);
        if (attempt instanceof Attempt.Acknowledged) {
          nanos.recordValue(System.nanoTime() - beginNanos);
          byRoom.put(room, sequence);
          acknowledged.incrementAndGet();
        }
      }
      if (decision.step() instanceof RoomReplay.Step.Abandoned(String detail)) {
        abandoned.put(room, detail);
      }
    } catch (InterruptedException e) {
      abandoned.put(room, "interrupted");
    } catch (RuntimeException e) {
      abandoned.put(room, e.toString());
    }
  }

  private Duration percentile(double percentile) {
    return Duration.ofNanos(nanos.getValueAtPercentile(percentile));
  }
}
