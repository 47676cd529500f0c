package io.roster.node.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * {@code roster …}: finds the commands and runs one.
 *
 * <p>Exit codes: 0 it worked, 1 it failed, 2 what was asked makes no sense.
 */
@Command(
    name = "roster",
    description = "Supervised processes with cluster-wide names.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    footer = {"", "'roster COMMAND --help' tells more of one."})
public final class Main implements Runnable {

  /** With this variable set, failures that are nobody's fault but ours show their stack. */
  private static final String TRACE = "ROSTER_TRACE";

  private static final String LOGGING = "logback.configurationFile";

  @Spec private CommandSpec spec;

  /** Made by {@link #commandLine} alone; picocli sets the rest. */
  @SuppressWarnings("NullAway.Init") // picocli injects spec before run
  private Main() {}

  /** Runs and ends the JVM. */
  public static void main(String[] args) {
    if (System.getProperty(LOGGING) == null) {
      System.setProperty(LOGGING, "io/roster/node/cli/logback.xml");
    }
    var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    var err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    System.exit(run(out, err, args));
  }

  /**
   * Runs one command.
   *
   * @return the exit code
   */
  public static int run(PrintWriter out, PrintWriter err, String... args) {
    int code = commandLine().setOut(out).setErr(err).execute(args);
    out.flush();
    err.flush();
    return code;
  }

  /** The command line with every command found on the class path. */
  public static CommandLine commandLine() {
    var line = new CommandLine(new Main());
    ServiceLoader.load(RosterCommand.class).stream()
        .map(ServiceLoader.Provider::get)
        .map(CommandLine::new)
        .sorted(Comparator.comparing(CommandLine::getCommandName))
        .forEach(command -> line.addSubcommand(withHelp(command)));
    var whole = number("a whole number", Integer::valueOf);
    return line.registerConverter(Integer.class, whole)
        .registerConverter(int.class, whole)
        .registerConverter(long.class, number("a whole number", Long::valueOf))
        .registerConverter(double.class, number("a number", Double::valueOf))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(Main::onBadArguments)
        .setExecutionExceptionHandler(Main::onFailure);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "expected a command, got: none");
  }

  private static <T> ITypeConverter<T> number(String what, Function<String, T> parse) {
    return text -> {
      try {
        return parse.apply(text);
      } catch (NumberFormatException e) {
        throw new TypeConversionException("expected " + what + ", got: " + text);
      }
    };
  }

  private static CommandLine withHelp(CommandLine command) {
    if (!command.getCommandSpec().optionsMap().containsKey("--help")) {
      command.getCommandSpec().mixinStandardHelpOptions(true);
    }
    command.getSubcommands().values().forEach(Main::withHelp);
    return command;
  }

  private static int onBadArguments(ParameterException problem, String[] args) {
    var line = problem.getCommandLine();
    var err = line.getErr();
    err.println("roster: " + expectation(problem));
    if (problem instanceof UnmatchedArgumentException unmatched) {
      unmatched.getSuggestions().stream()
          .findFirst()
          .ifPresent(s -> err.println("Did you mean " + s + "?"));
    }
    err.println("Try '" + line.getCommandSpec().qualifiedName() + " --help'.");
    return RosterCommand.USAGE;
  }

  private static String expectation(ParameterException problem) {
    if (problem instanceof UnmatchedArgumentException unmatched) {
      var line = problem.getCommandLine();
      var got = unmatched.getUnmatched().getFirst();
      if (got.startsWith("-")) {
        var options =
            line.getCommandSpec().options().stream().map(o -> o.longestName()).sorted().toList();
        return "expected one of " + String.join(", ", options) + ", got: " + got;
      }
      if (!line.getSubcommands().isEmpty()) {
        return "expected one of "
            + String.join(", ", line.getSubcommands().keySet())
            + ", got: "
            + got;
      }
      return "expected no further argument, got: " + got;
    }
    var argument = problem.getArgSpec();
    if (argument instanceof OptionSpec option && argument.type().isEnum()) {
      return "Invalid value for option '%s': expected one of %s, got: %s"
          .formatted(
              option.longestName(),
              Arrays.stream(argument.type().getEnumConstants())
                  .map(value -> value.toString().toLowerCase(Locale.ROOT))
                  .collect(Collectors.joining(", ")),
              problem.getValue());
    }
    return String.valueOf(problem.getMessage());
  }

  private static int onFailure(
      Exception problem, CommandLine line, CommandLine.ParseResult parsed) {
    var err = line.getErr();
    return switch (problem) {
      case CommandFailure failure -> {
        err.println("roster: " + failure.getMessage());
        yield failure.exitCode();
      }
      case IllegalArgumentException bad -> {
        err.println("roster: " + bad.getMessage());
        yield RosterCommand.USAGE;
      }
      default -> {
        err.println("roster: " + line.getCommandName() + " failed: " + problem);
        traceIfAsked(problem, err);
        yield RosterCommand.FAILED;
      }
    };
  }

  private static void traceIfAsked(Exception problem, PrintWriter err) {
    if (System.getenv(TRACE) != null) {
      problem.printStackTrace(err);
    } else {
      err.println("Set " + TRACE + "=1 to see where.");
    }
  }
}
