package io.roster.node.cli;

import picocli.CommandLine.Option;

/** {@code --json} for commands that print data; used as a picocli mixin. */
public final class JsonOption {

  @Option(names = "--json", description = "Print JSON for programs in place of a table for people.")
  private boolean json;

  /** Whether JSON was asked for. */
  public boolean isOn() {
    return json;
  }
}
