package io.roster.node.cli;

import java.io.PrintWriter;
import java.util.function.Supplier;

/**
 * Shows something again and again, until its thread is interrupted or nobody reads any more.
 * Confined to one thread.
 */
final class Watch {

  /** For whom it is shown. */
  enum Form {
    /** A terminal, on which each frame takes the place of the one before. */
    SCREEN,
    /** A file or a pipe. */
    TEXT,
    /** A program: what is no answer is not shown. */
    JSON
  }

  private final PrintWriter out;
  private final Form form;
  private final Runnable pause;

  /**
   * A watch.
   *
   * @param pause waits from one frame to the next, or until the thread is interrupted
   */
  Watch(PrintWriter out, Form form, Runnable pause) {
    this.out = out;
    this.form = form;
    this.pause = pause;
  }

  /** Shows {@code first}, then what {@code source} says; a failure of it is shown, and no end. */
  void run(String first, Supplier<String> source) {
    var next = first;
    while (true) {
      out.print(form == Form.SCREEN ? redrawn(next) : next);
      // Flushes; without it the reader that is gone would be written to for ever.
      if (out.checkError()) {
        return;
      }
      pause.run();
      if (Thread.currentThread().isInterrupted()) {
        return;
      }
      next = text(source);
    }
  }

  private String text(Supplier<String> source) {
    try {
      return source.get();
    } catch (CommandFailure away) {
      return form == Form.JSON ? "" : away.getMessage() + System.lineSeparator();
    }
  }

  /* From the top, each line cleared behind its text and all below the last one: nothing flickers. */
  static String redrawn(String text) {
    return "\u001b[H" + text.replace("\n", "\u001b[K\n") + "\u001b[J";
  }
}
