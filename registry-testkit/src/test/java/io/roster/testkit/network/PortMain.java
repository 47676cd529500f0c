package io.roster.testkit.network;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A host that listens on a port, and tries to reach others when it is told to. */
final class PortMain {

  static final int PORT = 7000;
  private static final int WAIT_MILLIS = 700;

  private PortMain() {}

  public static void main(String[] args) throws IOException {
    try (var server = new ServerSocket(PORT, 50, InetAddress.getByName(args[0]))) {
      Thread.ofPlatform().daemon().start(() -> acceptForEver(server));
      System.out.println("ready " + args[0]);
      var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      for (var peer = in.readLine(); peer != null; peer = in.readLine()) {
        System.out.println(peer + " " + (reaches(peer) ? "open" : "cut"));
      }
    }
  }

  private static boolean reaches(String peer) {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(peer, PORT), WAIT_MILLIS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static void acceptForEver(ServerSocket server) {
    try {
      while (true) {
        server.accept().close();
      }
    } catch (IOException e) {
      // The program is ending.
    }
  }
}
