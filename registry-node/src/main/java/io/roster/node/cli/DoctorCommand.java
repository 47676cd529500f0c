package io.roster.node.cli;

import io.roster.node.admin.Doctor;
import io.roster.node.admin.Json;
import io.roster.node.admin.NodeView;
import io.roster.node.admin.NodeView.Check;
import io.roster.node.admin.NodeView.NameRow;
import io.roster.node.config.HostPort;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code roster doctor}: whether what nodes say of the cluster is whole; fails if it is not. */
@Command(
    name = "doctor",
    description = {
      "Checks that no name is a ghost, no worker an orphan, all views agree, and "
          + "all members speak a common version of the link protocol; exit code 1 if not.",
      "With --with it also compares the replicas of several nodes."
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields before call
public final class DoctorCommand implements RosterCommand {

  @Mixin private Listing listing;

  @Option(
      names = "--with",
      paramLabel = "HOST:PORT",
      split = ",",
      description = "Admin ports of further nodes, separated by commas.")
  private List<String> others = new ArrayList<>();

  /** A check of one node. */
  private record Finding(String node, String check, boolean ok, String detail) {}

  @Override
  public Integer call() {
    var clients = new ArrayList<AdminClient>();
    clients.add(listing.client());
    others.forEach(other -> clients.add(listing.client(HostPort.parse(other))));
    var findings = new ArrayList<Finding>();
    Map<String, List<NameRow>> replicas = new LinkedHashMap<>();
    for (var client : clients) {
      var node = client.value("/members", NodeView.Members.class).node();
      client.rows("/doctor", Check.class).forEach(check -> findings.add(finding(node, check)));
      replicas.put(node, client.rows("/names", NameRow.class));
    }
    if (replicas.size() > 1) {
      findings.add(finding("all", Doctor.compare(replicas)));
    }
    print(findings);
    return findings.stream().allMatch(Finding::ok) ? OK : FAILED;
  }

  private void print(List<Finding> findings) {
    if (listing.isJson()) {
      listing.line(Json.line(findings));
      return;
    }
    var table = new Table("node", "check", "result", "detail");
    findings.forEach(f -> table.row(f.node(), f.check(), f.ok() ? "ok" : "WRONG", f.detail()));
    listing.print(table);
  }

  private static Finding finding(String node, Check check) {
    return new Finding(node, check.name(), check.ok(), check.detail());
  }
}
