package io.roster.testkit.cluster;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Processes that this program started, none of which outlives it. Thread-safe.
 *
 * <p>{@link #close} ends them; a shutdown hook does so when the program is ended by a signal; and
 * when it is killed outright, a small shell that reads its end of a pipe sees the pipe close and
 * kills what is left.
 */
public final class ChildProcesses implements AutoCloseable {

  /*
   * The shell keeps the list itself, so that nothing has to be read from a program that is gone. A
   * pid is struck off as soon as its process has ended, which keeps the shell from killing a
   * stranger that was given the number later.
   */
  private static final String REAPER =
      """
      trap '' INT TERM HUP
      pids=' '
      while read -r sign pid; do
        case $sign in
          +) pids="$pids$pid " ;;
          -) pids="${pids%% $pid *} ${pids#* $pid }" ;;
        esac
      done
      [ "$pids" = ' ' ] || kill -9 $pids 2>/dev/null
      """;

  private static final long END_SECONDS_MAX = 10;

  private final Set<Process> running = ConcurrentHashMap.newKeySet();
  private final Process reaper;
  private final Thread hook;

  private ChildProcesses(Process reaper) {
    this.reaper = reaper;
    this.hook = new Thread(this::killAll, "end-children");
  }

  /** Begins with no process but the one that watches over the others. */
  public static ChildProcesses open() {
    try {
      var reaper = new ProcessBuilder("sh", "-c", REAPER);
      reaper.redirectOutput(ProcessBuilder.Redirect.DISCARD);
      reaper.redirectError(ProcessBuilder.Redirect.DISCARD);
      var children = new ChildProcesses(reaper.start());
      Runtime.getRuntime().addShutdownHook(children.hook);
      return children;
    } catch (IOException e) {
      throw new UncheckedIOException("expected a shell at sh, got: " + e.getMessage(), e);
    }
  }

  /** Starts a process that will not outlive this program. */
  public Process start(ProcessBuilder builder) throws IOException {
    var process = builder.start();
    running.add(process);
    tell('+', process);
    var _ =
        process
            .onExit()
            .thenAccept(
                ended -> {
                  running.remove(ended);
                  tell('-', ended);
                });
    return process;
  }

  /** How many still run. */
  public int running() {
    return running.size();
  }

  /** Kills what still runs and waits until it has ended. */
  @Override
  public void close() {
    killAll();
    boolean interrupted = false;
    for (var process : running) {
      interrupted |= !awaitEnd(process);
    }
    closeQuietly(reaper.getOutputStream());
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The program is ending: the hook runs, or has run.
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void killAll() {
    running.forEach(Process::destroyForcibly);
  }

  private static boolean awaitEnd(Process process) {
    try {
      var _ = process.waitFor(END_SECONDS_MAX, TimeUnit.SECONDS);
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }

  private void tell(char sign, Process process) {
    synchronized (reaper) {
      try {
        var pipe = reaper.getOutputStream();
        pipe.write((sign + " " + process.pid() + "\n").getBytes(StandardCharsets.US_ASCII));
        pipe.flush();
      } catch (IOException e) {
        // The reaper is gone, or closed: the hook and close() remain.
      }
    }
  }

  private static void closeQuietly(OutputStream pipe) {
    try {
      pipe.close();
    } catch (IOException e) {
      // Nothing was buffered.
    }
  }
}
