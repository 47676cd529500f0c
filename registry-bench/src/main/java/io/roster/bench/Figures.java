package io.roster.bench;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * How programs tell their figures: a line each of the word {@code figure}, a key and a number, with
 * tabs in between. All other lines are for people.
 */
public final class Figures {

  private static final String WORD = "figure";

  private Figures() {}

  /** Tells one. */
  public static void tell(String key, double value) {
    System.out.println(String.format(Locale.ROOT, "%s\t%s\t%.6f", WORD, key, value));
  }

  /**
   * Reads what a program has told.
   *
   * @throws IOException if a line begins like a figure and is none
   */
  public static Map<String, Double> parse(String output) throws IOException {
    var figures = new LinkedHashMap<String, Double>();
    for (String line : output.lines().toList()) {
      if (line.startsWith(WORD + "\t")) {
        String[] words = line.split("\t", -1);
        if (words.length != 3 || figures.put(words[1], number(words[2], line)) != null) {
          throw malformed(line);
        }
      }
    }
    return figures;
  }

  private static double number(String word, String line) throws IOException {
    try {
      double value = Double.parseDouble(word);
      if (Double.isFinite(value) && value >= 0) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Told below, with the line.
    }
    throw malformed(line);
  }

  private static IOException malformed(String line) {
    return new IOException("expected the word figure, a new key and a number, got: " + line);
  }

  /** A figure for people. */
  public static String text(double value) {
    return String.format(
        Locale.ROOT, value < 10 ? "%.2f" : value < 1_000 ? "%.1f" : "%,.0f", value);
  }
}
