package io.roster.testkit.requirement;

import static org.junit.platform.commons.support.AnnotationSupport.findAnnotation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.AssertionFailedError;

/**
 * Enforces {@link Requires}. The decision is {@link Verdict}'s; this class asks, prints and
 * records.
 */
final class RequiresCondition implements ExecutionCondition {

  /** The folder in which each test that was left out leaves a line, for the end of the build. */
  static final String LEFT_OUT_FOLDER = "roster.leftOut";

  private static final ExtensionContext.Namespace STORE =
      ExtensionContext.Namespace.create(RequiresCondition.class);

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    var required =
        findAnnotation(context.getElement(), Requires.class).map(Requires::value).stream()
            .flatMap(Stream::of)
            .toList();
    if (required.isEmpty()) {
      return ConditionEvaluationResult.enabled("nothing required");
    }
    var test = test(context);
    return switch (Verdict.on(
        required,
        requirement -> missing(context, requirement),
        Requirement.parse(System.getenv(Requirement.VARIABLE)))) {
      case Verdict.Run() -> {
        record(test, List.of());
        yield ConditionEvaluationResult.enabled("all of it is there: " + required);
      }
      case Verdict.LeaveOut(var reasons) -> {
        record(test, reasons);
        System.err.println(banner(test, reasons));
        yield ConditionEvaluationResult.disabled(String.join("; ", reasons));
      }
      case Verdict.Fail(var reasons) ->
          throw new AssertionFailedError(
              "%s forbids to leave out %s: %s"
                  .formatted(Requirement.VARIABLE, test, String.join("; ", reasons)));
    };
  }

  /** Asked once per JVM: a probe takes up to some seconds. */
  private static Optional<String> missing(ExtensionContext context, Requirement requirement) {
    return context
        .getRoot()
        .getStore(STORE)
        .getOrComputeIfAbsent(requirement, it -> new Probed(it.missing()), Probed.class)
        .missing();
  }

  private static String test(ExtensionContext context) {
    return context
        .getTestMethod()
        .map(method -> context.getRequiredTestClass().getName() + "." + method.getName())
        .orElseGet(() -> context.getRequiredTestClass().getName());
  }

  private static String banner(String test, List<String> reasons) {
    var line = "*".repeat(100);
    return "%n%s%n  LEFT OUT: %s%n    %s%n%s%n"
        .formatted(line, test, String.join(System.lineSeparator() + "    ", reasons), line);
  }

  /** A test that runs takes its line back, so that the folder never tells of an earlier build. */
  private static void record(String test, List<String> reasons) {
    var folder = System.getProperty(LEFT_OUT_FOLDER);
    if (folder == null) {
      return;
    }
    var file = Path.of(folder, test + ".txt");
    try {
      if (reasons.isEmpty()) {
        Files.deleteIfExists(file);
        return;
      }
      Files.createDirectories(file.getParent());
      Files.writeString(
          file,
          "%s%n    %s%n".formatted(test, String.join(System.lineSeparator() + "    ", reasons)));
    } catch (IOException failure) {
      throw new IllegalStateException("expected to write " + file, failure);
    }
  }

  /** What a probe found. */
  private record Probed(Optional<String> missing) {}
}
