package io.roster.node.names.hazelcast;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Several byte arrays in one, each behind its length. */
final class Portions {

  private Portions() {}

  static byte[] join(List<byte[]> portions) {
    int length = portions.stream().mapToInt(portion -> Integer.BYTES + portion.length).sum();
    var joined = ByteBuffer.allocate(length);
    for (byte[] portion : portions) {
      joined.putInt(portion.length).put(portion);
    }
    return joined.array();
  }

  static List<byte[]> split(byte[] joined) {
    var rest = ByteBuffer.wrap(joined);
    var portions = new ArrayList<byte[]>();
    while (rest.hasRemaining()) {
      int length = rest.getInt();
      if (length < 0 || length > rest.remaining()) {
        throw new IllegalArgumentException(
            "expected a portion of at most " + rest.remaining() + " bytes, got: " + length);
      }
      byte[] portion = new byte[length];
      rest.get(portion);
      portions.add(portion);
    }
    return portions;
  }
}
