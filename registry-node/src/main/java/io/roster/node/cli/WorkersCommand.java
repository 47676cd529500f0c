package io.roster.node.cli;

import io.roster.node.admin.NodeView.WorkerRow;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code roster workers}: the workers that should run, and where they do. */
@Command(name = "workers", description = "Shows the workers that should run and where they run.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields before call
public final class WorkersCommand implements RosterCommand {

  @Mixin private Listing listing;

  @Override
  public Integer call() {
    return listing.print(
        "/workers",
        WorkerRow.class,
        List.of("name", "type", "home", "runs on", "pid"),
        row ->
            new Object[] {row.name(), row.type(), row.home(), dash(row.node()), dash(row.pid())});
  }

  private static String dash(String text) {
    return text.isEmpty() ? "-" : text;
  }
}
