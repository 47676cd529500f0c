package io.roster.core.process;

/** What a plain process runs, on a virtual thread to itself. */
@FunctionalInterface
public interface ProcessBody {

  /**
   * Runs the process. Returning ends it normally, throwing crashes it.
   *
   * @throws Exception whatever the code throws; others see it as {@code Crashed}
   */
  void run(ProcessContext self) throws Exception;
}
