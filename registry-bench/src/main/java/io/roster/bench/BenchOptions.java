package io.roster.bench;

import io.roster.node.cli.RosterCommand;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** What every suite can be asked for; used as a picocli mixin. */
public final class BenchOptions {

  @Option(
      names = "--only",
      paramLabel = "WORD",
      description =
          "Measure the groups called WORD and the works with WORD in their titles alone. May be"
              + " given several times.")
  private List<String> only = new ArrayList<>();

  @Option(
      names = "--quick",
      description = "See that everything runs, in seconds; the figures mean nothing.")
  private boolean quick;

  @Option(names = "--check", description = "Fail if a goal is missed.")
  private boolean check;

  @Option(
      names = "--json",
      description = "End with one line of JSON for programs, beneath the table for people.")
  private boolean json;

  /**
   * Measures what was asked for of {@code suite} and prints it.
   *
   * @return the exit code
   */
  int run(Suite suite, CommandSpec spec) throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    Effort effort = quick ? Effort.QUICK : Effort.FULL;
    var result = Session.run(suite.only(only), effort, line -> tell(err, line));
    ResultPrinter.print(result, out, json);
    result.failures().forEach(failure -> err.println("roster: " + failure));
    err.flush();
    boolean missed = result.rows().stream().anyMatch(row -> Boolean.FALSE.equals(row.met()));
    return result.failures().isEmpty() && !(check && missed)
        ? RosterCommand.OK
        : RosterCommand.FAILED;
  }

  private static void tell(PrintWriter err, String line) {
    err.println("bench: " + line);
    err.flush();
  }
}
