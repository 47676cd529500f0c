package io.roster.node.cli;

import io.roster.node.admin.NodeView.NameRow;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code roster names}: the global names of one node's replica. */
@Command(name = "names", description = "Shows the global names and who has them.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields before call
public final class NamesCommand implements RosterCommand {

  @Mixin private Listing listing;

  @Override
  public Integer call() {
    return listing.print(
        "/names",
        NameRow.class,
        List.of("name", "node", "pid", "epoch"),
        row -> new Object[] {row.name(), row.node(), row.pid(), row.epoch()});
  }
}
