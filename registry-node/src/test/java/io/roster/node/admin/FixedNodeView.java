package io.roster.node.admin;

import java.util.List;
import java.util.Optional;

/** A node that says the same until it is told otherwise. */
final class FixedNodeView implements NodeView {

  volatile boolean ready = true;
  volatile long viewsDisagreeMs;

  @Override
  public Readiness readiness() {
    return new Readiness(ready, List.of(new Check("joined", ready, "1 member")));
  }

  @Override
  public Members members() {
    var self =
        new MemberRow(
            "a",
            1,
            "alive",
            3,
            -1,
            "127.0.0.1:1",
            "127.0.0.1:2",
            true,
            "",
            false,
            false,
            false,
            1,
            List.of(),
            1,
            2,
            0);
    return new Members("a", 1, List.of(self), viewsDisagreeMs == 0, viewsDisagreeMs, 0, 0);
  }

  @Override
  public List<NameRow> names() {
    return List.of(new NameRow("orders/été", "a", "<a#1.7>", 3));
  }

  @Override
  public Optional<NameRow> name(String name) {
    return names().stream().filter(row -> row.name().equals(name)).findFirst();
  }

  @Override
  public List<WorkerRow> workers() {
    throw new IllegalStateException("broken on purpose");
  }

  @Override
  public List<MoveRow> moves() {
    return List.of();
  }

  @Override
  public List<ConflictRow> conflicts() {
    return List.of();
  }

  @Override
  public List<ProcessRow> processes(int limit) {
    return List.of();
  }
}
