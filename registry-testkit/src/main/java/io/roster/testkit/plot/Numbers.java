package io.roster.testkit.plot;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;

/** Numbers as people read them. Stateless. */
public final class Numbers {

  private Numbers() {}

  /** With thousands grouped and about three digits that matter. */
  public static String text(double value) {
    double size = Math.abs(value);
    var form = size >= 100 ? "#,##0" : size >= 10 ? "#,##0.#" : size >= 0.1 ? "0.##" : "0.####";
    return new DecimalFormat(form, DecimalFormatSymbols.getInstance(Locale.ROOT)).format(value);
  }
}
