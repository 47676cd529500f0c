package io.roster.node.cli;

import io.roster.node.admin.Json;
import io.roster.node.admin.NodeView;
import java.io.Console;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code roster members}: who is in the cluster, as gossip, links and Hazelcast see it. */
@Command(
    name = "members",
    description = {
      "Shows the members of the cluster as one node sees them: by gossip with the round trip of"
          + " its",
      "probes, by the links, and by Hazelcast; and how healthy that node takes itself to be."
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields before call
public final class MembersCommand implements RosterCommand {

  private static final Duration INTERVAL = Duration.ofSeconds(1);

  @Spec private CommandSpec spec;
  @Mixin private AdminOption admin;
  @Mixin private JsonOption json;

  @Option(
      names = "--watch",
      description = "Show again every second until interrupted, also while the node is away.")
  private boolean watch;

  @Override
  public Integer call() {
    var client = admin.client();
    Supplier<String> text =
        () -> {
          var members = client.value("/members", NodeView.Members.class);
          return json.isOn() ? Json.line(members) + System.lineSeparator() : text(members);
        };
    if (!watch) {
      show(text.get());
      return OK;
    }
    // What cannot be answered once is a usage error or a wrong address, as without --watch.
    watch(text.get(), text);
    return OK;
  }

  private void watch(String first, Supplier<String> text) {
    boolean redraws =
        !json.isOn()
            && Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    var next = first;
    while (true) {
      show(redraws ? redrawn(next) : next);
      LockSupport.parkNanos(INTERVAL.toNanos());
      if (Thread.currentThread().isInterrupted()) {
        return;
      }
      try {
        next = text.get();
      } catch (CommandFailure away) {
        next = json.isOn() ? "" : away.getMessage() + System.lineSeparator();
      }
    }
  }

  private void show(String text) {
    var out = spec.commandLine().getOut();
    out.print(text);
    out.flush();
  }

  /* From the top, each line cleared behind its text and all below the last one: nothing flickers. */
  static String redrawn(String text) {
    return "\u001b[H" + text.replace("\n", "\u001b[K\n") + "\u001b[J";
  }

  static String text(NodeView.Members members) {
    var text = new StringWriter();
    var out = new PrintWriter(text);
    var table =
        new Table(
            "name",
            "incarnation",
            "state",
            "version",
            "round trip",
            "link",
            "hazelcast",
            "weight",
            "load",
            "gossip");
    for (var member : members.members()) {
      boolean isSelf = member.name().equals(members.node());
      table.row(
          member.name() + (isSelf ? " *" : ""),
          member.incarnation(),
          member.state() + (member.leaving() ? ", leaving" : ""),
          member.version(),
          isSelf || member.roundTripMicros() < 0 ? "-" : millis(member.roundTripMicros()),
          member.linked() ? "up" : "-",
          member.inArbiter() ? (member.arbiterReady() ? "member" : "joining") : "-",
          member.weight(),
          member.isUp() ? 25 * member.load() + " %" : "-",
          member.gossip());
    }
    table.print(out);
    long up = members.members().stream().filter(NodeView.MemberRow::isUp).count();
    out.printf(
        Locale.ROOT,
        "%d of %d up; %s is %s; gossip and Hazelcast %s%n",
        up,
        members.members().size(),
        members.node(),
        members.localHealth() == 0
            ? "healthy"
            : "doubtful of itself (local health " + members.localHealth() + ")",
        members.viewsAgree()
            ? "agree"
            : String.format(
                Locale.ROOT, "have disagreed for %.1f s", members.viewsDisagreeMs() / 1_000.0));
    out.flush();
    return text.toString();
  }

  private static String millis(long micros) {
    return String.format(Locale.ROOT, "%.1f ms", micros / 1_000.0);
  }
}
