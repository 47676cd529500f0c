package io.roster.net.membership.udp;

import io.netty.handler.codec.DecoderException;
import io.netty.handler.timeout.ReadTimeoutException;
import java.io.IOException;

/** Tells what peers and networks do to a channel from faults of this node's own code. */
final class Faults {

  private Faults() {}

  /** Whether this is everyday life: nobody has to look into it. */
  static boolean isFromOutside(Throwable cause) {
    return cause instanceof IOException
        || cause instanceof DecoderException
        || cause instanceof ReadTimeoutException;
  }
}
