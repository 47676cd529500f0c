package io.roster.core.process;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes reports to the log, the standard edge of {@link Reporter}. Thread-safe. */
public final class Slf4jReporter implements Reporter {

  private final Logger log = LoggerFactory.getLogger("io.roster.reports");

  /** A reporter to the logger {@code io.roster.reports}. */
  public Slf4jReporter() {}

  @Override
  public void report(Report report) {
    switch (report.severity()) {
      case INFO -> log.info("{}", report);
      case WARNING -> log.warn("{}", report);
      case ERROR ->
          report
              .cause()
              .ifPresentOrElse(
                  cause -> log.error("{}", report, cause), () -> log.error("{}", report));
    }
  }
}
