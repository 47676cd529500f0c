package io.roster.demo.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.demo.replay.Attempt.Acknowledged;
import io.roster.demo.replay.Attempt.NotYet;
import io.roster.demo.replay.Attempt.Refused;
import io.roster.demo.replay.Attempt.Unknown;
import io.roster.demo.replay.RoomReplay.Decision;
import io.roster.demo.replay.RoomReplay.Step.Abandoned;
import io.roster.demo.replay.RoomReplay.Step.Finished;
import io.roster.demo.replay.RoomReplay.Step.Send;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RoomReplayTest {

  @Test
  void the_next_post_goes_out_when_the_former_is_acknowledged() {
    var first = RoomReplay.begin(2);
    var second = first.replay().on(new Acknowledged());
    var end = second.replay().on(new Acknowledged());

    assertThat(first.step()).isEqualTo(new Send(1, Duration.ZERO));
    assertThat(second.step()).isEqualTo(new Send(2, Duration.ZERO));
    assertThat(end.step()).isEqualTo(new Finished());
    assertThat(end.replay().acknowledged()).isEqualTo(2);
  }

  @Test
  void an_unknown_outcome_is_tried_again_under_the_same_number_after_a_growing_pause() {
    var first = RoomReplay.begin(1).replay().on(new Unknown("timed out"));
    var second = first.replay().on(new NotYet("no such name"));

    assertThat(first.step()).isEqualTo(new Send(1, Duration.ofMillis(10)));
    assertThat(second.step()).isEqualTo(new Send(1, Duration.ofMillis(20)));
    assertThat(second.replay().acknowledged()).isZero();
  }

  @Test
  void the_pause_is_a_second_at_most_and_begins_anew_with_the_next_post() {
    var late = new RoomReplay(2, 0, 50).on(new Unknown("timed out"));
    var next = late.replay().on(new Acknowledged());

    assertThat(late.step()).isEqualTo(new Send(1, Duration.ofSeconds(1)));
    assertThat(next.replay().on(new Unknown("timed out")).step())
        .isEqualTo(new Send(2, Duration.ofMillis(10)));
  }

  @Test
  void a_refused_post_ends_the_room() {
    assertThat(RoomReplay.begin(3).replay().on(new Refused("expected post 1")).step())
        .isEqualTo(new Abandoned("expected post 1"));
  }

  @Test
  void a_room_that_never_answers_is_given_up() {
    var decision = RoomReplay.begin(1);
    for (int i = 0; i < RoomReplay.ATTEMPTS_MAX; i++) {
      assertThat(decision.step()).isInstanceOf(Send.class);
      decision = decision.replay().on(new Unknown("timed out"));
    }

    assertThat(decision)
        .extracting(Decision::step)
        .isEqualTo(new Abandoned("post 1: no answer in 100 attempts, the last: timed out"));
  }

  @Test
  void a_room_without_posts_is_finished_at_once() {
    assertThat(RoomReplay.begin(0).step()).isEqualTo(new Finished());
  }
}
