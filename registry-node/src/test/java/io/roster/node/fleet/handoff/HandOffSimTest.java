package io.roster.node.fleet.handoff;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.node.fleet.handoff.HandOffMessage.BacklogEnd;
import io.roster.node.fleet.handoff.HandOffMessage.Chunk;
import io.roster.node.fleet.handoff.HandOffMessage.Commit;
import io.roster.node.fleet.handoff.HandOffMessage.Prepare;
import io.roster.node.fleet.handoff.HandOffMessage.Prepared;
import io.roster.node.fleet.handoff.HandOffMessage.Ready;
import io.roster.node.fleet.handoff.HandOffMessage.Taken;
import java.util.List;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A failure prints the seed and the trace of effects. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class HandOffSimTest {

  private static final int SEEDS = Integer.getInteger("sim.seeds", 40);

  private static final Moment ARBITER =
      new Moment("claim at the arbiter", SourceEffect.Transfer.class::isInstance);

  /** A moment of a move, by the effect or message that marks it. */
  record Moment(String name, Predicate<Object> marks) implements Predicate<Object> {

    @Override
    public boolean test(Object what) {
      return marks.test(what);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Moment> moments() {
    return Stream.of(
        new Moment("prepare", said(Prepare.class)),
        new Moment("prepared", said(Prepared.class)),
        new Moment("seal", SourceEffect.Seal.class::isInstance),
        new Moment("state", said(Chunk.class)),
        new Moment("load", TargetEffect.Load.class::isInstance),
        new Moment("ready", said(Ready.class)),
        ARBITER,
        new Moment("answer of the arbiter", Claim.class::isInstance),
        new Moment("commit", said(Commit.class)),
        new Moment("taken", said(Taken.class)),
        new Moment("release", SourceEffect.Release.class::isInstance),
        new Moment("backlog", said(BacklogEnd.class)),
        new Moment("open", TargetEffect.Open.class::isInstance));
  }

  @Test
  void a_worker_moves_under_load_with_nothing_lost_twice_or_out_of_order() { // case 82
    forAllSeeds(
        seed -> {
          var sim = new HandOffSim(seed);
          sim.run();
          assertThat(sim.atSource()).isEqualTo(new HandOffOutcome.Moved(HandOffSim.NEW));
          assertThat(sim.atTarget()).isEqualTo(new HandOffOutcome.Arrived(HandOffSim.NEW));
          assertThat(sim.acknowledged()).isEqualTo(400);
          return sim;
        });
  }

  @ParameterizedTest(name = "before {0}")
  @MethodSource("moments")
  void a_target_that_dies_leaves_one_worker_with_its_state(Moment moment) { // case 83
    forAllSeeds(
        seed -> {
          var sim = new HandOffSim(seed);
          sim.killTargetBefore = moment;
          sim.run();
          return sim;
        });
  }

  @ParameterizedTest(name = "after {0}")
  @MethodSource("moments")
  void a_target_that_dies_after_a_step_leaves_one_worker_with_its_state(Moment moment) { // case 83
    forAllSeeds(
        seed -> {
          var sim = new HandOffSim(seed);
          sim.killTargetAfter = moment;
          sim.run();
          return sim;
        });
  }

  @ParameterizedTest(name = "before {0}")
  @MethodSource("moments")
  void a_source_that_dies_leaves_at_most_one_worker(Moment moment) { // case 84
    forAllSeeds(
        seed -> {
          var sim = new HandOffSim(seed);
          sim.killSourceBefore = moment;
          sim.run();
          return sim;
        });
  }

  @ParameterizedTest(name = "after {0}")
  @MethodSource("moments")
  void a_source_that_dies_after_a_step_leaves_at_most_one_worker(Moment moment) { // case 84
    forAllSeeds(
        seed -> {
          var sim = new HandOffSim(seed);
          sim.killSourceAfter = moment;
          sim.run();
          return sim;
        });
  }

  @Test
  void a_source_that_dies_once_the_target_has_the_state_loses_none_of_it() { // case 84
    forAllSeeds(
        seed -> {
          var sim = new HandOffSim(seed);
          sim.killSourceBefore = ARBITER;
          sim.run();
          assertThat(sim.atTarget()).isEqualTo(new HandOffOutcome.Arrived(HandOffSim.NEW));
          return sim;
        });
  }

  @Test
  void lost_frames_and_answers_delay_a_move_and_break_nothing() {
    forAllSeeds(
        seed -> {
          var sim = new HandOffSim(seed);
          sim.loss = 0.2;
          sim.unknown = 0.3;
          sim.run();
          return sim;
        });
  }

  @ParameterizedTest(name = "before {0}")
  @MethodSource("moments")
  void a_dying_end_and_lost_frames_together_break_nothing(Moment moment) {
    forAllSeeds(
        seed -> {
          var sim = new HandOffSim(seed);
          sim.loss = 0.15;
          sim.unknown = 0.2;
          if (seed % 2 == 0) {
            sim.killTargetBefore = moment;
          } else {
            sim.killSourceBefore = moment;
          }
          sim.run();
          return sim;
        });
  }

  @Test
  void a_worker_whose_standby_will_not_start_stays_where_it_is() { // case 85
    forAllSeeds(
        seed -> {
          var sim = new HandOffSim(seed);
          sim.standbyFails = true;
          sim.run();
          assertThat(sim.atSource()).isEqualTo(new HandOffOutcome.Stayed("init said ignore"));
          assertThat(sim.acknowledged()).isEqualTo(400);
          return sim;
        });
  }

  @Test
  void a_worker_whose_state_cannot_be_read_stays_where_it_is() { // case 85
    forAllSeeds(
        seed -> {
          var sim = new HandOffSim(seed);
          sim.loadFails = true;
          sim.run();
          assertThat(sim.atSource()).isEqualTo(new HandOffOutcome.Stayed("state cannot be read"));
          assertThat(sim.acknowledged()).isEqualTo(400);
          return sim;
        });
  }

  private static void forAllSeeds(LongFunction<HandOffSim> run) {
    LongStream.rangeClosed(1, SEEDS)
        .forEach(
            seed -> {
              List<String> verdict = run.apply(seed).verdict();
              assertThat(verdict).as("seed %d", seed).isEmpty();
            });
  }

  private static Predicate<Object> said(Class<? extends HandOffMessage> type) {
    return what ->
        switch (what) {
          case SourceEffect.Send(HandOffMessage.ToTarget message) -> type.isInstance(message);
          case TargetEffect.Send(HandOffMessage.ToSource message) -> type.isInstance(message);
          default -> type.isInstance(what);
        };
  }
}
