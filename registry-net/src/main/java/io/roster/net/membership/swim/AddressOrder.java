package io.roster.net.membership.swim;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;

/**
 * Addresses by their bytes, shorter ones first, then by port. Not by their text: the one that knows
 * its own address by a host's name and all others, who know the numbers alone, must agree.
 */
final class AddressOrder implements Comparator<InetSocketAddress> {

  static final AddressOrder INSTANCE = new AddressOrder();

  private AddressOrder() {}

  @Override
  public int compare(InetSocketAddress left, InetSocketAddress right) {
    byte[] leftBytes = bytes(left);
    byte[] rightBytes = bytes(right);
    int byLength = Integer.compare(leftBytes.length, rightBytes.length);
    if (byLength != 0) {
      return byLength;
    }
    int byAddress = Arrays.compareUnsigned(leftBytes, rightBytes);
    return byAddress != 0 ? byAddress : Integer.compare(left.getPort(), right.getPort());
  }

  /** Of one that was told by a host's name and is nothing but that: the name. */
  private static byte[] bytes(InetSocketAddress address) {
    return address.isUnresolved()
        ? address.getHostString().getBytes(StandardCharsets.UTF_8)
        : address.getAddress().getAddress();
  }
}
