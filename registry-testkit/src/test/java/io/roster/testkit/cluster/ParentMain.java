package io.roster.testkit.cluster;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A JVM that starts another one, prints its pid, and waits to be killed. */
final class ParentMain {

  private ParentMain() {}

  @SuppressWarnings("MustBeClosedChecker") // being killed without closing is what it is for
  public static void main(String[] args) throws InterruptedException {
    var cluster = JvmCluster.open(Path.of(args[0]), line -> line.startsWith("ready"));
    var child = cluster.start(JvmLaunch.of("child", EchoMain.class.getName(), List.of("child")));
    child.awaitReady(Duration.ofSeconds(30));
    System.out.println("ready " + child.pid());
    Thread.currentThread().join();
  }
}
