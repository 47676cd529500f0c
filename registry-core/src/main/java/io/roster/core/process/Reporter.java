package io.roster.core.process;

/** Hears of what went wrong, as data. Thread-safe; must not block. */
@FunctionalInterface
public interface Reporter {

  /** Takes one report. */
  void report(Report report);
}
