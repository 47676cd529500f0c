package io.roster.testkit.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** A JVM that says it is ready, repeats what it is told, and can be told how to end. */
final class EchoMain {

  private EchoMain() {}

  public static void main(String[] args) throws IOException {
    System.err.println("log of " + args[0]);
    if (args[0].equals("broken")) {
      System.exit(3);
    }
    if (args[0].equals("stubborn")) {
      Runtime.getRuntime().addShutdownHook(new Thread(EchoMain::sleepForEver));
    }
    System.out.println("ready " + args[0]);
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (var line = in.readLine(); line != null; line = in.readLine()) {
      System.out.println("echo " + line);
    }
    sleepForEver();
  }

  private static void sleepForEver() {
    try {
      Thread.currentThread().join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
