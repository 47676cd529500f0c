package io.roster.demo.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.demo.chat.ChatEntry;
import io.roster.demo.input.ChatInput;
import io.roster.demo.input.ChatPost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(60)
class ReplayTest {

  private static final Change NOTHING = () -> {};
  private static final Pace PACE = new Pace(Duration.ofMillis(200));

  private final Map<String, List<ChatEntry>> held = new ConcurrentHashMap<>();

  @Test
  void every_post_of_every_room_arrives_in_order() throws Exception {
    var input = input(20, 15);

    var result = new Replay(input, this::hold, PACE, NOTHING, NOTHING).run();

    assertThat(result.acknowledgedInAll()).isEqualTo(300);
    assertThat(result.abandoned()).isEmpty();
    assertEverythingHeldOnce(input);
  }

  @Test
  void a_post_whose_answer_is_lost_is_repeated_under_its_number() throws Exception {
    var input = input(10, 30);
    var random = new SplittableRandom(7);

    var result =
        new Replay(
                input,
                (room, entry) -> {
                  boolean arrives;
                  boolean answered;
                  synchronized (random) {
                    arrives = random.nextInt(10) > 0;
                    answered = random.nextInt(10) > 0;
                  }
                  if (arrives) {
                    var _ = hold(room, entry);
                  }
                  return arrives && answered
                      ? new Attempt.Acknowledged()
                      : new Attempt.Unknown("timed out");
                },
                PACE,
                NOTHING,
                NOTHING)
            .run();

    assertThat(result.acknowledgedInAll()).isEqualTo(300);
    assertThat(result.timing().retries()).isPositive();
    assertEverythingHeldOnce(input);
  }

  @Test
  void a_room_that_refuses_is_given_up_and_the_others_go_on() throws Exception {
    var result =
        new Replay(
                input(3, 4),
                (room, entry) ->
                    room.equals("room-1")
                        ? new Attempt.Refused("expected post 1, got: 2")
                        : hold(room, entry),
                PACE,
                NOTHING,
                NOTHING)
            .run();

    assertThat(result.abandoned()).containsExactly(Map.entry("room-1", "expected post 1, got: 2"));
    assertThat(result.acknowledgedInAll()).isEqualTo(8);
  }

  @Test
  void changes_are_made_at_a_third_and_at_two_thirds_while_posts_go_on() throws Exception {
    var posted = new AtomicInteger();
    var atFirst = new AtomicInteger();
    var duringFirst = new CountDownLatch(5);
    var atSecond = new AtomicInteger();

    var replay =
        new Replay(
            input(10, 9),
            (room, entry) -> {
              posted.incrementAndGet();
              if (atFirst.get() > 0) {
                duringFirst.countDown();
              }
              return hold(room, entry);
            },
            PACE,
            () -> {
              atFirst.set(posted.get() + 1);
              duringFirst.await();
            },
            () -> atSecond.set(posted.get() + 1));
    var result = replay.run();

    assertThat(result.acknowledgedInAll()).isEqualTo(90);
    assertThat(atFirst.get()).isBetween(15, 32);
    assertThat(atSecond.get()).isBetween(45, 62);
    assertThat(replay.acknowledged()).isEqualTo(90);
  }

  @Test
  void a_change_that_fails_is_told_and_the_replay_ends() throws Exception {
    var result =
        new Replay(
                input(2, 6),
                this::hold,
                PACE,
                () -> {
                  throw new IllegalStateException("no fourth node");
                },
                NOTHING)
            .run();

    assertThat(result.changeFailure().orElseThrow()).contains("no fourth node");
    assertThat(result.acknowledgedInAll()).isEqualTo(12);
  }

  @Test
  void an_input_of_one_post_sees_both_changes_too() throws Exception {
    var changes = new AtomicInteger();

    var result =
        new Replay(
                input(1, 1), this::hold, PACE, changes::incrementAndGet, changes::incrementAndGet)
            .run();

    assertThat(result.acknowledgedInAll()).isOne();
    assertThat(changes).hasValue(2);
  }

  private Attempt hold(String room, ChatEntry entry) {
    var entries = held.computeIfAbsent(room, r -> new ArrayList<>());
    synchronized (entries) {
      if (entries.size() == entry.sequence() - 1) {
        entries.add(entry);
      }
    }
    return new Attempt.Acknowledged();
  }

  private void assertEverythingHeldOnce(ChatInput input) {
    input
        .rooms()
        .forEach(
            (room, posts) ->
                assertThat(
                        RoomComparison.of(posts, posts.size(), held.getOrDefault(room, List.of())))
                    .isEqualTo(RoomComparison.FLAWLESS));
  }

  private static ChatInput input(int rooms, int posts) {
    var all = new LinkedHashMap<String, List<ChatPost>>();
    for (int r = 0; r < rooms; r++) {
      var room = "room-" + r;
      var list = new ArrayList<ChatPost>();
      for (int p = 0; p < posts; p++) {
        list.add(new ChatPost(room, "user-" + p % 3, "text " + p));
      }
      all.put(room, list);
    }
    return new ChatInput("test", all);
  }
}
