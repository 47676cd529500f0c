package io.roster.core.process;

import io.roster.core.identity.Pid;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who started a process, and who started that one. Shared by all children of one process. */
record Lineage(Pid pid, @Nullable Lineage parent, int depth) {

  private static final int DEPTH_MAX = 64;

  /** The line of the children of {@code pid}; ancestors beyond the limit are forgotten. */
  static Lineage under(Pid pid, @Nullable Lineage parent) {
    if (parent == null) {
      return new Lineage(pid, null, 1);
    }
    return parent.depth < DEPTH_MAX
        ? new Lineage(pid, parent, parent.depth + 1)
        : new Lineage(pid, parent.shortened(DEPTH_MAX / 2), DEPTH_MAX / 2 + 1);
  }

  private Lineage shortened(int keep) {
    var rest = parent;
    return keep == 1 || rest == null
        ? new Lineage(pid, null, 1)
        : under(pid, rest.shortened(keep - 1));
  }

  List<Pid> pids() {
    var pids = new ArrayList<Pid>(depth);
    for (Lineage at = this; at != null; at = at.parent) {
      pids.add(at.pid);
    }
    return List.copyOf(pids);
  }
}
