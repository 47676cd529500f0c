package io.roster.net.membership.udp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class NewcomersTest {

  private static final InetAddress HERE = address(1);
  private static final InetAddress THERE = address(2);

  private final Newcomers newcomers = new Newcomers(2);

  @Test
  void one_too_many_from_an_address_sends_away_its_eldest() {
    newcomers.add(-1, THERE);
    newcomers.add(-2, HERE);
    newcomers.add(-3, HERE);

    assertThat(newcomers.inTheWayOf(HERE)).contains(-2L);
    assertThat(newcomers.inTheWayOf(THERE)).isEmpty();
    assertThat(newcomers.eldest()).contains(-1L);
  }

  @Test
  void who_is_authentic_or_gone_is_in_nobodys_way() {
    newcomers.add(-1, HERE);
    newcomers.add(-2, HERE);

    newcomers.remove(-1);

    assertThat(newcomers.inTheWayOf(HERE)).isEmpty();
    assertThat(newcomers.eldest()).contains(-2L);
  }

  private static InetAddress address(int last) {
    try {
      return InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) last});
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }
}
