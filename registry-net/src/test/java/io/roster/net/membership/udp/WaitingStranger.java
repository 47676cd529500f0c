package io.roster.net.membership.udp;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Somebody without a key who opens streams to a node and keeps them, sending a byte at times. */
final class WaitingStranger implements AutoCloseable {

  /* The head of a frame that a stranger may send; too long to be whole within any test. */
  private static final byte[] HEAD = {0, 0, 0x0f, 0};

  private final InetSocketAddress target;
  private final List<Socket> sockets = new ArrayList<>();
  private final ScheduledExecutorService trickle = Executors.newSingleThreadScheduledExecutor();

  WaitingStranger(InetSocketAddress target) {
    this.target = target;
  }

  /** Opens streams from {@code local}, the first ones first. */
  void open(int count, InetAddress local) throws IOException {
    for (int i = 0; i < count; i++) {
      var socket = new Socket(target.getAddress(), target.getPort(), local, 0);
      sockets.add(socket);
      socket.setSoTimeout((int) GossipNodes.PATIENCE.toMillis());
      // With the challenge the node has the stream.
      new DataInputStream(socket.getInputStream()).skipNBytes(4 + Seals.CHALLENGE);
      socket.getOutputStream().write(HEAD);
    }
  }

  /** Sends a byte over each stream from time to time. */
  void trickle(Duration interval) {
    var all = List.copyOf(sockets);
    var _ =
        trickle.scheduleAtFixedRate(
            () -> all.forEach(WaitingStranger::sendByte),
            0,
            interval.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  /** Waits until the node has ended the first {@code count} streams. */
  void awaitEnd(int count) {
    for (Socket socket : sockets.subList(0, count)) {
      HostileInputIT.assertEnd(socket);
    }
  }

  @Override
  public void close() throws IOException {
    trickle.shutdownNow();
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  private static void sendByte(Socket socket) {
    try {
      socket.getOutputStream().write(0);
    } catch (IOException e) {
      // The node has ended this one.
    }
  }
}
