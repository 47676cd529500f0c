package io.roster.demo.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.net.client.ClientFailure;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ClientRoomsTest {

  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(new ClientFailure.NoSuchName("r"), Attempt.NotYet.class),
        Arguments.of(new ClientFailure.NoSuchProcess("p"), Attempt.NotYet.class),
        Arguments.of(new ClientFailure.ConnectionLost("none"), Attempt.NotYet.class),
        Arguments.of(new ClientFailure.Overloaded(7), Attempt.NotYet.class),
        Arguments.of(new ClientFailure.ServerDown("killed"), Attempt.Unknown.class),
        Arguments.of(new ClientFailure.Unknown("timed out"), Attempt.Unknown.class),
        Arguments.of(new ClientFailure.TooLarge(2, 1), Attempt.Refused.class),
        Arguments.of(new ClientFailure.Refused("unknown type"), Attempt.Refused.class));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("failures")
  void what_may_have_run_is_unknown_and_what_cannot_ever_run_is_refused(
      ClientFailure failure, Class<?> attempt) {
    assertThat(ClientRooms.attempt(failure)).isInstanceOf(attempt);
  }
}
