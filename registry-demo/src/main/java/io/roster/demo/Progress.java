package io.roster.demo;

import java.io.PrintWriter;

/**
 * Tells people how far the demo is: lines for steps, and in between a bar that is drawn again and
 * again on a terminal, or a line at every tenth elsewhere. Confined to one thread at a time.
 */
final class Progress {

  private static final int WIDTH = 40;
  private static final int TENTH = 10;

  private final PrintWriter out;
  private final boolean isTerminal;
  private int tenthsShown;
  private boolean barShown;

  Progress(PrintWriter out, boolean isTerminal) {
    this.out = out;
    this.isTerminal = isTerminal;
  }

  /** On this program's terminal, if it has one. */
  @SuppressWarnings("SystemConsoleNull") // it is null where the JDK has no module for terminals
  static Progress to(PrintWriter out) {
    var console = System.console();
    return new Progress(out, console != null && console.isTerminal());
  }

  /** A step. */
  synchronized void step(String text) {
    endBar();
    out.println(text);
    out.flush();
  }

  /** How much is done. */
  synchronized void bar(int done, int all) {
    if (isTerminal) {
      int filled = (int) ((long) WIDTH * done / all);
      out.print(
          "\r  [%s%s] %d of %d posts "
              .formatted("#".repeat(filled), ".".repeat(WIDTH - filled), done, all));
      out.flush();
      barShown = true;
      return;
    }
    int tenths = (int) ((long) TENTH * done / all);
    if (tenths > tenthsShown) {
      tenthsShown = tenths;
      out.println("  %3d %%  %d of %d posts".formatted(tenths * 100 / TENTH, done, all));
      out.flush();
    }
  }

  private void endBar() {
    if (barShown) {
      out.println();
      barShown = false;
    }
  }
}
