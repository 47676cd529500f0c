package io.roster.bench.pekko;

import io.roster.bench.ChildJvm;
import io.roster.bench.Effort;
import io.roster.bench.Peer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Pekko's typed actors, with the configuration that they have by default. */
public enum PekkoPeer implements Peer {
  /** Actors of one JVM. */
  PEKKO;

  private static final ChildJvm PROGRAM =
      new ChildJvm(PekkoProgram.class, List.of("--sun-misc-unsafe-memory-access=allow"));

  @Override
  public String title() {
    return "Pekko";
  }

  /** Always: it comes with this program. */
  @Override
  public boolean isInstalled() {
    return true;
  }

  @Override
  public Map<String, Double> measure(Set<String> keys, Effort effort)
      throws IOException, InterruptedException {
    var arguments = new ArrayList<String>();
    arguments.add(effort.name());
    arguments.addAll(keys);
    return PROGRAM.run(arguments);
  }
}
