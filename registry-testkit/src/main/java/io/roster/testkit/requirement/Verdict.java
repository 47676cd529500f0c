package io.roster.testkit.requirement;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** What becomes of a test that needs something. Immutable. */
sealed interface Verdict {

  /** All of it is there. */
  record Run() implements Verdict {}

  /** Something is missing, and nobody forbids that. */
  record LeaveOut(List<String> reasons) implements Verdict {}

  /** Something is missing that must not be. */
  record Fail(List<String> reasons) implements Verdict {}

  /**
   * Decides.
   *
   * @param required what the test needs
   * @param missing why a thing is missing, or empty where it is there
   * @param forbidden what must not be missing here
   */
  static Verdict on(
      Collection<Requirement> required,
      Function<Requirement, Optional<String>> missing,
      Set<Requirement> forbidden) {
    var absent = required.stream().filter(it -> missing.apply(it).isPresent()).toList();
    if (absent.isEmpty()) {
      return new Run();
    }
    var reasons = absent.stream().map(it -> reason(it, missing.apply(it).orElseThrow())).toList();
    return absent.stream().anyMatch(forbidden::contains)
        ? new Fail(reasons)
        : new LeaveOut(reasons);
  }

  private static String reason(Requirement requirement, String why) {
    return "needs %s: %s; to run it, %s".formatted(requirement.label(), why, requirement.remedy());
  }
}
