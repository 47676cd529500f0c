package io.roster.bench.local;

import io.roster.bench.Suite;
import io.roster.bench.stress.StressWorks;
import java.util.List;

/** What processes of one node cost, with the goals that the project has set itself. */
public final class LocalSuite {

  private LocalSuite() {}

  /** Everything that is measured. */
  public static Suite suite() {
    return new Suite(
        "local",
        List.of(
            MessageWorks.group(),
            FootprintWorks.group(),
            RegistryWorks.group(),
            SupervisionWorks.group(),
            StressWorks.group()));
  }
}
