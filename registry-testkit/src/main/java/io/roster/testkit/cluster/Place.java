package io.roster.testkit.cluster;

import java.util.List;
import java.util.stream.Stream;

/**
 * Where a command runs: a prefix that takes it there. The command must become the prefix's own
 * process, as {@code nsenter} does, so that a signal to the one reaches the other. Immutable.
 *
 * @param prefix what comes before the command; empty for this machine's own network
 */
public record Place(List<String> prefix) {

  /** This machine, as it is. */
  public static final Place HERE = new Place(List.of());

  /** Copies the prefix. */
  public Place {
    prefix = List.copyOf(prefix);
  }

  /** The command line that runs {@code command} here. */
  public List<String> command(List<String> command) {
    return Stream.concat(prefix.stream(), command.stream()).toList();
  }
}
