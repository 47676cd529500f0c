package io.roster.net.membership.udp;

import io.roster.net.membership.wire.MalformedGossip;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

/**
 * One question to another node over a stream of its own, sealed as all gossip is, and its answer.
 * Blocks: not for the membership thread. Thread-safe.
 */
final class SealedExchange {

  private static final int FRAME_MAX = 4_096;

  private final Seals seals;

  SealedExchange(Seals seals) {
    this.seals = seals;
  }

  /** Somebody gossips there, and does not take what this node says or says it otherwise. */
  static final class Refused extends IOException {

    private static final long serialVersionUID = 1L;

    Refused(Throwable cause) {
      super("expected an answer sealed with a key of this node, got: " + cause.getMessage(), cause);
    }
  }

  /**
   * Asks {@code to}.
   *
   * @throws Refused if something answers, but not in this cluster with these keys
   * @throws IOException if nothing does within {@code patience}
   */
  byte[] ask(InetSocketAddress to, byte[] question, Duration patience) throws IOException {
    try (var socket = new Socket()) {
      int millis = Math.toIntExact(Math.max(1, patience.toMillis()));
      socket.connect(to, millis);
      socket.setSoTimeout(millis);
      byte[] challenge = read(new DataInputStream(socket.getInputStream()));
      try {
        return exchange(socket, challenge, question);
      } catch (EOFException | MalformedGossip e) {
        throw new Refused(e);
      }
    }
  }

  private byte[] exchange(Socket socket, byte[] challenge, byte[] question)
      throws IOException, MalformedGossip {
    var in = new DataInputStream(socket.getInputStream());
    var out = new DataOutputStream(socket.getOutputStream());
    byte[] sealed = seals.streamSealer(challenge, true).seal(question);
    out.writeInt(sealed.length);
    out.write(sealed);
    out.flush();
    return switch (seals.streamOpener(challenge, false).open(read(in))) {
      case Opener.Message(byte[] message) -> message;
      case Opener.Rejected(Rejection why) ->
          throw new MalformedGossip("expected a sealed answer, got one that is " + why);
    };
  }

  private static byte[] read(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > FRAME_MAX) {
      throw new IOException("expected a frame of at most " + FRAME_MAX + " bytes, got: " + length);
    }
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    return bytes;
  }
}
