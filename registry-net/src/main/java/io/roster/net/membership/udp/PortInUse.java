package io.roster.net.membership.udp;

import java.io.IOException;

/** The gossip port is taken by somebody else, as a datagram or as a stream port. */
public final class PortInUse extends IOException {

  private static final long serialVersionUID = 1L;

  PortInUse(String message, Throwable cause) {
    super(message, cause);
  }
}
