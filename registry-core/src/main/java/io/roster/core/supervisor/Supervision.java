package io.roster.core.supervisor;

import io.roster.core.process.ProcessContext;
import io.roster.core.process.ProcessSystem;

/** The children of one supervisor and what is done with them. Confined to it. */
record Supervision(
    ProcessSystem system,
    Children children,
    Starter starter,
    Stopper stopper,
    Restarts restarts,
    Ends ends,
    Starts starts) {

  /** No children yet. */
  static Supervision of(SupervisorConfig config, ProcessContext self) {
    var children = new Children(!config.dynamic());
    var starter = new Starter(config, self, children);
    var stopper = new Stopper(self, children);
    var restarts = new Restarts(config, self, children, starter, stopper);
    var ends = new Ends(config, self, children, stopper, restarts);
    var starts = new Starts(config, self, children, starter, restarts, ends);
    return new Supervision(self.system(), children, starter, stopper, restarts, ends, starts);
  }
}
