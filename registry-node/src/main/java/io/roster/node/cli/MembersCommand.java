package io.roster.node.cli;

import io.roster.node.admin.Json;
import io.roster.node.admin.NodeView;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code roster members}: who is in the cluster, as gossip, links and Hazelcast see it. */
@Command(name = "members", description = "Shows the members of the cluster as one node sees them.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields before call
public final class MembersCommand implements RosterCommand {

  private static final Duration INTERVAL = Duration.ofSeconds(1);

  @Spec private CommandSpec spec;
  @Mixin private AdminOption admin;
  @Mixin private JsonOption json;

  @Option(names = "--watch", description = "Show again every second until interrupted.")
  private boolean watch;

  @Override
  public Integer call() {
    var client = admin.client();
    show(client.value("/members", NodeView.Members.class));
    while (watch && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(INTERVAL.toNanos());
      show(client.value("/members", NodeView.Members.class));
    }
    return OK;
  }

  private void show(NodeView.Members members) {
    var out = spec.commandLine().getOut();
    if (json.isOn()) {
      out.println(Json.line(members));
      out.flush();
      return;
    }
    if (watch) {
      out.print("\u001b[H\u001b[2J");
    }
    var table = new Table("name", "incarnation", "state", "link", "hazelcast", "weight", "gossip");
    for (var member : members.members()) {
      table.row(
          member.name() + (member.name().equals(members.node()) ? " *" : ""),
          member.incarnation(),
          member.state() + (member.leaving() ? ", leaving" : ""),
          member.linked() ? "up" : "-",
          member.inArbiter() ? (member.arbiterReady() ? "member" : "joining") : "-",
          member.weight(),
          member.gossip());
    }
    table.print(out);
    if (!members.viewsAgree()) {
      out.println("Gossip and Hazelcast have disagreed for " + members.viewsDisagreeMs() + " ms.");
    }
    out.flush();
  }
}
