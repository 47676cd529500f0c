package io.roster.bench;

import java.util.List;
import java.util.Locale;

/**
 * Groups of works that are measured in one session. Immutable.
 *
 * @param suite its name
 * @param groups what is measured, in this order
 */
public record Suite(String suite, List<Group> groups) {

  /** Copies the list. */
  public Suite {
    groups = List.copyOf(groups);
  }

  /**
   * The part of it whose works or groups have one of {@code words} in their titles, whatever the
   * case; all of it without words.
   *
   * @throws IllegalArgumentException if a word is in none
   */
  public Suite only(List<String> words) {
    if (words.isEmpty()) {
      return this;
    }
    for (String word : words) {
      if (groups.stream().noneMatch(g -> g.works().stream().anyMatch(w -> has(g, w, word)))) {
        throw new IllegalArgumentException(
            "expected a part of the title of a group ("
                + String.join(", ", groups.stream().map(Group::title).toList())
                + ") or of a work, got: "
                + word);
      }
    }
    return new Suite(
        suite,
        groups.stream()
            .map(g -> g.only(work -> words.stream().anyMatch(word -> has(g, work, word))))
            .filter(group -> !group.works().isEmpty())
            .toList());
  }

  private static boolean has(Group group, Work work, String word) {
    String wanted = word.toLowerCase(Locale.ROOT);
    return work.title().toLowerCase(Locale.ROOT).contains(wanted)
        || group.title().toLowerCase(Locale.ROOT).equals(wanted);
  }

  /**
   * What came of a suite. Immutable.
   *
   * @param suite its name
   * @param rows one for each comparison of each work
   * @param failures what could not be measured, and why, for people
   */
  public record Result(String suite, List<Row> rows, List<String> failures) {

    /** Copies the lists. */
    public Result {
      rows = List.copyOf(rows);
      failures = List.copyOf(failures);
    }
  }
}
