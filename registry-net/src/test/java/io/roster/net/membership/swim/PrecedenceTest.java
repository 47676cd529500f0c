package io.roster.net.membership.swim;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import io.roster.net.membership.Member;
import io.roster.net.membership.MemberState;
import io.roster.net.membership.NodeMetadata;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which statement is the later one (I2): a total order, so joins meet whatever comes first. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PrecedenceTest {

  @ParameterizedTest(name = "{0}.{1} {2} < {3}.{4} {5}")
  @CsvSource({
    "1, 0, ALIVE, 1, 0, SUSPECT",
    "1, 0, SUSPECT, 1, 0, DEAD",
    "1, 0, DEAD, 1, 1, ALIVE",
    "1, 0, SUSPECT, 1, 1, ALIVE",
    "1, 9, DEAD, 1, 1, LEFT",
    "1, 9, ALIVE, 1, 1, LEFT",
    "1, 9, LEFT, 2, 0, ALIVE",
    "1, 9, DEAD, 2, 0, ALIVE",
    "1, 9, ALIVE, 2, 0, DEAD"
  })
  void the_later_statement_wins(
      long incarnation,
      long version,
      MemberState state,
      long laterIncarnation,
      long laterVersion,
      MemberState laterState) {
    var earlier = statement(incarnation, version, state);
    var later = statement(laterIncarnation, laterVersion, laterState);

    assertThat(Precedence.compare(earlier, later)).isNegative();
    assertThat(Precedence.compare(later, earlier)).isPositive();
  }

  @Test
  void any_order_of_arrival_ends_with_the_same_statement() {
    var all = new ArrayList<Member>();
    for (long incarnation = 1; incarnation <= 2; incarnation++) {
      for (long version = 0; version <= 2; version++) {
        for (MemberState state : MemberState.values()) {
          all.add(statement(incarnation, version, state));
        }
      }
    }
    var random = new Random(5);
    for (int run = 0; run < 500; run++) {
      Collections.shuffle(all, random);
      List<Member> some = all.subList(0, 1 + random.nextInt(all.size()));
      var forwards = join(some);
      var backwards = join(some.reversed());

      assertThat(Precedence.compare(forwards, backwards)).isZero();
      assertThat(Precedence.compare(join(List.of(forwards, forwards)), forwards)).isZero();
    }
  }

  private static Member join(List<Member> statements) {
    var newest = statements.getFirst();
    for (Member statement : statements) {
      if (Precedence.compare(statement, newest) > 0) {
        newest = statement;
      }
    }
    return newest;
  }

  private static Member statement(long incarnation, long version, MemberState state) {
    return new Member(
        new NodeId(new NodeName("a"), incarnation),
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 1),
        state,
        version,
        NodeMetadata.PLAIN);
  }
}
