package io.roster.node.cli;

import io.roster.node.admin.NodeView.ConflictRow;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code roster conflicts}: the latest conflicts of names. */
@Command(
    name = "conflicts",
    description = "Shows the latest conflicts of names and how they were decided.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields before call
public final class ConflictsCommand implements RosterCommand {

  @Mixin private Listing listing;

  @Override
  public Integer call() {
    return listing.print(
        "/conflicts",
        ConflictRow.class,
        List.of("name", "winner", "losers", "resolver", "epoch", "at"),
        row ->
            new Object[] {
              row.name(),
              row.winner(),
              String.join(", ", row.losers()),
              row.resolver(),
              row.epoch(),
              Instant.ofEpochMilli(row.atMs())
            });
  }
}
