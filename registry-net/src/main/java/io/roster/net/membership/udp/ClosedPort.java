package io.roster.net.membership.udp;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;

/* The JDK has one exception for a host that refuses and for one that stays silent until the system gives
 * up, and tells them apart by words alone. The words are the system's, in its language, so they are
 * learned from a port that is certainly closed: one that is bound and does not listen.
 */

/** Tells a port that is closed from a host that says nothing. Stateless. */
final class ClosedPort {

  private static final String USUAL_WORDS = "Connection refused";
  private static final String WORDS = words();

  private ClosedPort() {}

  /** Whether a connection failed because its host said that nobody listens there. */
  static boolean isSaidBy(Throwable failure) {
    return failure instanceof ConnectException
        && String.valueOf(failure.getMessage()).startsWith(WORDS);
  }

  private static String words() {
    try (var closed = SocketChannel.open();
        var asking = SocketChannel.open()) {
      closed.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      asking.connect(closed.getLocalAddress());
    } catch (ConnectException e) {
      // Some systems add after a colon what the program was about to do.
      return String.valueOf(e.getMessage()).split(":", 2)[0];
    } catch (IOException e) {
      return USUAL_WORDS;
    }
    return USUAL_WORDS;
  }
}
