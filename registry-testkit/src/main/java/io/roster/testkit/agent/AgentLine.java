package io.roster.testkit.agent;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One line between a drill and its agent: words separated by tabs, after a mark that tells it from
 * whatever else a node prints. Immutable.
 *
 * @param verb what is asked for or told
 * @param words what it is about
 */
public record AgentLine(String verb, List<String> words) {

  private static final String MARK = "@drill\t";

  /** Checks the words: a tab or a line break in one would make it two. */
  public AgentLine {
    words = List.copyOf(words);
    for (var word : words) {
      if (word.indexOf('\t') >= 0 || word.indexOf('\n') >= 0) {
        throw new IllegalArgumentException("expected words without tabs or lines, got: " + word);
      }
    }
  }

  /** A line of this verb and these words. */
  public static AgentLine of(String verb, Object... words) {
    var texts = new ArrayList<String>();
    for (var word : words) {
      texts.add(String.valueOf(word));
    }
    return new AgentLine(verb, texts);
  }

  /** Reads a line, or nothing if it is of somebody else. */
  public static Optional<AgentLine> parse(String line) {
    if (!line.startsWith(MARK)) {
      return Optional.empty();
    }
    var words = List.of(line.substring(MARK.length()).split("\t", -1));
    return Optional.of(new AgentLine(words.getFirst(), words.subList(1, words.size())));
  }

  /** The word at {@code index}. */
  public String word(int index) {
    if (index >= words.size()) {
      throw new IllegalArgumentException(
          "expected at least %d words after %s, got: %s".formatted(index + 1, verb, words));
    }
    return words.get(index);
  }

  /** The whole number at {@code index}. */
  public int number(int index) {
    try {
      return Integer.parseInt(word(index));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "expected a number after %s, got: %s".formatted(verb, word(index)), e);
    }
  }

  /** The line as it is written. */
  @Override
  public String toString() {
    return words.isEmpty() ? MARK + verb : MARK + verb + "\t" + String.join("\t", words);
  }
}
