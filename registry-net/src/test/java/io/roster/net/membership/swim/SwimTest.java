package io.roster.net.membership.swim;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.net.membership.GossipOptions;
import java.util.List;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What a machine does follows from its inputs, their times and its random numbers alone. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SwimTest extends OneMachine {

  @Test
  void equal_seeds_and_inputs_give_equal_effects() {
    var twin =
        new Swim(
            SELF, GossipOptions.lan(), RandomGeneratorFactory.of("L64X128MixRandom").create(1));
    for (Input input :
        List.of(
            new Input.Start(List.of(PEER.gossipAddress())),
            new Input.Received(PEER.gossipAddress(), new Packet(PEER.id(), ping(), List.of())),
            new Input.Wake())) {
      assertThat(twin.step(input, now)).isEqualTo(swim.step(input, now));
      now += 1_000_000_000L;
    }
  }
}
