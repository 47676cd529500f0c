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
    description =
        "Shows the members of the cluster as one node sees them: by gossip with the "
            + "round trip of its probes, by the links, and by Hazelcast; and how healthy "
            + "that node takes itself to be.")
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
    // What cannot be answered once is a usage error or a wrong address, with --watch too.
    var first = text.get();
    var out = spec.commandLine().getOut();
    if (watch) {
      new Watch(out, form(), () -> LockSupport.parkNanos(INTERVAL.toNanos())).run(first, text);
    } else {
      out.print(first);
      out.flush();
    }
    return OK;
  }

  private Watch.Form form() {
    if (json.isOn()) {
      return Watch.Form.JSON;
    }
    return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent()
        ? Watch.Form.SCREEN
        : Watch.Form.TEXT;
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
    members.members().forEach(member -> table.row(cells(members, member)));
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

  private static Object[] cells(NodeView.Members members, NodeView.MemberRow member) {
    boolean isSelf = member.name().equals(members.node());
    if (member.state().equals(NodeView.MemberRow.UNKNOWN)) {
      return new Object[] {
        member.name(),
        member.incarnation(),
        "unknown to gossip",
        "-",
        "-",
        link(member),
        "member",
        "-",
        "-",
        "-"
      };
    }
    return new Object[] {
      member.name() + (isSelf ? " *" : ""),
      member.incarnation(),
      member.state() + (member.isUp() && member.leaving() ? ", leaving" : ""),
      member.version(),
      isSelf || !member.isUp() || member.roundTripMicros() < 0
          ? "-"
          : millis(member.roundTripMicros()),
      link(member),
      arbiter(member),
      member.weight(),
      member.isUp() ? 25 * member.load() + " %" : "-",
      member.gossip()
    };
  }

  private static String arbiter(NodeView.MemberRow member) {
    if (member.inArbiter()) {
      return member.arbiterReady() ? "member" : "joining";
    }
    // Whose Hazelcast has not joined yet is counted neither way by those who compare the views.
    return member.isUp() && !member.arbiterReady() ? "starting" : "-";
  }

  private static String link(NodeView.MemberRow member) {
    return member.linked() ? "up" : "-";
  }

  private static String millis(long micros) {
    return String.format(Locale.ROOT, "%.1f ms", micros / 1_000.0);
  }
}
