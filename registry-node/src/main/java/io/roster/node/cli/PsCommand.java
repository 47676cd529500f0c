package io.roster.node.cli;

import io.roster.node.admin.NodeView.ProcessRow;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code roster ps}: the processes of one node. */
@Command(name = "ps", description = "Shows the processes of one node.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields before call
public final class PsCommand implements RosterCommand {

  @Mixin private Listing listing;

  @Override
  public Integer call() {
    return listing.print(
        "/processes",
        ProcessRow.class,
        List.of("pid", "name", "kind", "status", "mailbox", "handled"),
        row ->
            new Object[] {
              row.pid(), dash(row.name()), row.kind(), row.status(), row.mailbox(), row.handled()
            });
  }

  private static String dash(String text) {
    return text.isEmpty() ? "-" : text;
  }
}
