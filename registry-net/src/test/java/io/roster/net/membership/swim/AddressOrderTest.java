package io.roster.net.membership.swim;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Which of two addresses is the greater one, for everybody. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AddressOrderTest {

  private static final AddressOrder ORDER = AddressOrder.INSTANCE;

  @Test
  void what_a_host_is_called_counts_for_nothing() throws UnknownHostException {
    var named = address("node.example", 7_001, 10, 0, 0, 1);
    var bare = address("", 7_001, 10, 0, 0, 1);
    var greater = address("", 7_001, 10, 0, 0, 2);

    assertThat(ORDER.compare(named, bare)).isZero();
    assertThat(ORDER.compare(named, greater)).isNegative();
    assertThat(ORDER.compare(greater, named)).isPositive();
  }

  @Test
  void by_numbers_and_not_by_digits() throws UnknownHostException {
    var ascending =
        List.of(
            address("", 7_001, 9, 0, 0, 1),
            address("", 7_001, 10, 0, 0, 1),
            address("", 10_001, 10, 0, 0, 1),
            address("", 7_001, 200, 0, 0, 1),
            new InetSocketAddress(InetAddress.ofLiteral("::1"), 80));

    assertThat(ascending.reversed().stream().sorted(ORDER)).containsExactlyElementsOf(ascending);
  }

  private static InetSocketAddress address(String host, int port, int... bytes)
      throws UnknownHostException {
    var raw = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      raw[i] = (byte) bytes[i];
    }
    var ip = host.isEmpty() ? InetAddress.getByAddress(raw) : InetAddress.getByAddress(host, raw);
    return new InetSocketAddress(ip, port);
  }
}
