package io.roster.node.cli;

import io.roster.node.NodeStartException;
import io.roster.node.RosterNode;
import io.roster.node.admin.Json;
import io.roster.node.config.OptionsReader;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code roster node}: runs one node until Ctrl-C or SIGTERM, then leaves gracefully. */
@Command(
    name = "node",
    description = {
      "Runs one node until Ctrl-C or SIGTERM, then leaves: its workers move to other nodes.",
      "A second Ctrl-C ends it at once."
    },
    footer = {
      "",
      "Every flag is also a key of a file and of the environment: reference.conf lists them all.",
      "Three nodes on this machine:",
      "  roster node --name a --port 7001",
      "  roster node --name b --port 7002 --seeds 127.0.0.1:7001",
      "  roster node --name c --port 7003 --seeds 127.0.0.1:7001,127.0.0.1:7002"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields before call
public final class NodeCommand implements RosterCommand {

  @Spec private CommandSpec spec;
  @Mixin private NodeFlags flags;

  @Option(
      names = "--json",
      description =
          "Print one line of JSON with the addresses when the node is ready, and one when it has"
              + " left.")
  private boolean json;

  @Option(
      names = "--ready-within",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description =
          "How long the node may take until it is ready; then it ends with exit code 1. 0: for"
              + " ever. Default: ${DEFAULT-VALUE}.")
  private long readyWithinSeconds;

  @Override
  public Integer call() throws InterruptedException {
    var options = OptionsReader.layered(flags.config(), System.getenv(), flags.values()).node();
    if (options.cluster().secret().isDevelopment()) {
      spec.commandLine()
          .getErr()
          .println(
              "roster: no secret is set, so this node talks to this machine alone and trusts every"
                  + " program on it (set ROSTER_CLUSTER_SECRET or --secret-file)");
    }
    var stopAsked = new CountDownLatch(1);
    StopSignals.onStop(
        stopAsked::countDown, () -> spec.commandLine().getErr().println("roster: stopped at once"));
    RosterNode node;
    try {
      node = RosterNode.builder(options).withModulesFound().start();
    } catch (NodeStartException e) {
      throw CommandFailure.failed(e.getMessage());
    }
    return run(node, stopAsked);
  }

  private int run(RosterNode node, CountDownLatch stopAsked) throws InterruptedException {
    var replaced = node.replaced();
    var _ = replaced.thenRun(stopAsked::countDown);
    if (!awaitReady(node, stopAsked)) {
      var readiness = node.view().readiness();
      node.leave();
      throw CommandFailure.failed(
          "expected the node to be ready within "
              + readyWithinSeconds
              + " s (--ready-within), got: "
              + readiness.failing());
    }
    if (stopAsked.getCount() > 0) {
      sayReady(node);
    }
    stopAsked.await();
    if (replaced.isDone()) {
      throw CommandFailure.failed(
          "expected one node named "
              + node.id().name()
              + " in the cluster, got: "
              + replaced.join()
              + ", which has replaced "
              + node.id()
              + "; give one of them another --name, or end the other");
    }
    say("node " + node.id().name() + " is leaving (Ctrl-C again to end it at once)");
    var report = node.leave();
    if (json) {
      var line = new LinkedHashMap<String, Object>();
      line.put("event", "left");
      line.put("node", node.id().name().value());
      line.put("workersMoved", report.workersMoved());
      line.put("workersStopped", report.workersStopped());
      line.put("tookMs", report.took().toMillis());
      println(Json.line(line));
    } else {
      println("node " + node.id().name() + " has left: " + report);
    }
    return OK;
  }

  private boolean awaitReady(RosterNode node, CountDownLatch stopAsked)
      throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(readyWithinSeconds).toNanos();
    while (!node.view().readiness().ready()) {
      if (stopAsked.await(20, TimeUnit.MILLISECONDS)) {
        return true;
      }
      if (readyWithinSeconds > 0 && System.nanoTime() - deadline > 0) {
        return false;
      }
    }
    return true;
  }

  private void sayReady(RosterNode node) {
    if (json) {
      var line = new LinkedHashMap<String, Object>();
      line.put("event", "ready");
      line.put("node", node.id().name().value());
      line.put("incarnation", node.id().incarnation());
      line.put("gossip", text(node.gossipAddress()));
      line.put("link", text(node.linkAddress()));
      line.put("admin", text(node.adminAddress()));
      line.put("pid", ProcessHandle.current().pid());
      println(Json.line(line));
    } else {
      println(
          "node "
              + node.id()
              + " is ready: gossip "
              + text(node.gossipAddress())
              + ", links "
              + text(node.linkAddress())
              + ", admin http://"
              + text(node.adminAddress())
              + "/");
    }
  }

  private void say(String text) {
    if (!json) {
      println(text);
    }
  }

  private void println(String line) {
    var out = spec.commandLine().getOut();
    out.println(line);
    out.flush();
  }

  private static String text(InetSocketAddress address) {
    var host = address.getAddress().getHostAddress();
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + address.getPort();
  }
}
