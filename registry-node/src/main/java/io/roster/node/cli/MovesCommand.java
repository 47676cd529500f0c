package io.roster.node.cli;

import io.roster.node.admin.NodeView.MoveRow;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code roster moves}: the latest moves of workers. */
@Command(name = "moves", description = "Shows the latest moves of workers between nodes.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields before call
public final class MovesCommand implements RosterCommand {

  @Mixin private Listing listing;

  @Override
  public Integer call() {
    return listing.print(
        "/moves",
        MoveRow.class,
        List.of("name", "from", "to", "phase", "took ms"),
        row -> new Object[] {row.name(), row.from(), row.to(), row.phase(), row.tookMs()});
  }
}
