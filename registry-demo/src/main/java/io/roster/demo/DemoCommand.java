package io.roster.demo;

import io.roster.demo.input.ChatInput;
import io.roster.demo.input.ChatInputException;
import io.roster.node.cli.CommandFailure;
import io.roster.node.cli.RosterCommand;
import io.roster.node.cli.Table;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code roster demo}: chat rooms that outlive the coming and going of nodes. */
@Command(
    name = "demo",
    description =
        "Starts three nodes and replays a chat into named rooms. A third of the way "
            + "a fourth node joins, at two thirds one leaves; then every room is asked "
            + "what it holds. Exit code 0 only if nothing was lost, applied twice or out "
            + "of order.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields before call
public final class DemoCommand implements RosterCommand {

  private static final int HEAP_MIN = 64;

  @Spec private CommandSpec spec;

  @Option(
      names = "--input",
      paramLabel = "FILE",
      description = "Lines of room<TAB>user<TAB>text. Default: a sample of some hundred posts.")
  private @Nullable Path input;

  @Option(names = "--json", description = "Print nothing but one last line of JSON.")
  private boolean json;

  @Option(
      names = "--heap",
      paramLabel = "MB",
      defaultValue = "256",
      description = "The largest heap of each node. Default: ${DEFAULT-VALUE}.")
  private int heapMegabytes;

  @Option(
      names = "--logs",
      paramLabel = "FOLDER",
      description = "Keep the nodes' logs here. Default: a temporary folder, kept on failure.")
  private @Nullable Path logs;

  @Override
  public Integer call() throws InterruptedException, IOException {
    if (heapMegabytes < HEAP_MIN) {
      throw CommandFailure.usage(
          "expected --heap of at least %d, got: %d".formatted(HEAP_MIN, heapMegabytes));
    }
    var chat = read();
    var folder = logs == null ? Files.createTempDirectory("roster-demo-") : logs;
    var outcome = run(chat, folder);
    print(outcome);
    if (outcome.result().isOk() && logs == null) {
      delete(folder);
    } else {
      spec.commandLine().getErr().println("logs: " + folder);
    }
    return outcome.result().isOk() ? OK : FAILED;
  }

  private ChatInput read() {
    try {
      return input == null ? ChatInput.sample() : ChatInput.read(input);
    } catch (ChatInputException e) {
      throw CommandFailure.usage(String.valueOf(e.getMessage()));
    }
  }

  private Demo.Outcome run(ChatInput chat, Path folder) throws InterruptedException {
    var out = json ? spec.commandLine().getErr() : spec.commandLine().getOut();
    var progress = json ? new Progress(out, false) : Progress.to(out);
    try (var cluster = new DemoCluster(folder, heapMegabytes)) {
      return new Demo(chat, cluster, progress).run();
    } catch (IllegalStateException e) {
      throw CommandFailure.failed("demo: %s%nlogs: %s".formatted(e.getMessage(), folder));
    }
  }

  private void print(Demo.Outcome outcome) {
    var out = spec.commandLine().getOut();
    if (json) {
      out.println(outcome.result().toJson());
    } else {
      printTables(out, outcome);
    }
    out.flush();
    var err = spec.commandLine().getErr();
    outcome.replay().changeFailure().ifPresent(why -> err.println("roster: demo: " + why));
    outcome.replay().abandoned().entrySet().stream()
        .limit(10)
        .forEach(room -> err.println("room " + room.getKey() + ": " + room.getValue()));
    err.flush();
  }

  private static void printTables(PrintWriter out, Demo.Outcome outcome) {
    var result = outcome.result();
    var timing = outcome.replay().timing();
    out.println();
    var rooms = new Table("node", "rooms");
    outcome.findings().roomsByNode().forEach(rooms::row);
    rooms.print(out);
    out.println();
    var numbers = new Table("what", "how much");
    numbers.row("nodes started", result.nodes().started());
    numbers.row("nodes at the end", result.nodes().atEnd());
    numbers.row("rooms", result.posts().rooms());
    numbers.row("moves of rooms", result.moves());
    numbers.row("posts", result.posts().inInput());
    numbers.row("acknowledged", result.posts().acknowledged());
    numbers.row("attempts repeated", timing.retries());
    numbers.row("lost", result.comparison().lost());
    numbers.row("duplicated", result.comparison().duplicated());
    numbers.row("out of order", result.comparison().outOfOrder());
    numbers.row(
        "posts per second",
        String.format(
            Locale.ROOT, "%.0f", result.posts().acknowledged() * 1e9 / timing.total().toNanos()));
    numbers.row("p50 of a post", millis(timing.p50()));
    numbers.row("p99 of a post", millis(timing.p99()));
    numbers.row("longest post", millis(timing.max()));
    numbers.print(out);
    out.println();
    out.println(
        result.isOk()
            ? "Every post is in its room, once and in order."
            : "The rooms do not hold what they should.");
  }

  private static String millis(Duration duration) {
    return String.format(Locale.ROOT, "%.1f ms", duration.toNanos() / 1e6);
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      for (var file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
