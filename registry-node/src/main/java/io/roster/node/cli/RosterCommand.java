package io.roster.node.cli;

import java.util.concurrent.Callable;

/**
 * A subcommand of {@code roster}: a class with picocli's {@code @Command(name = …)} and a public
 * constructor without parameters, named in {@code META-INF/services}.
 *
 * <p>Constructing it must be cheap, since every run of {@code roster} constructs all of them.
 * {@link #call} returns the exit code: {@link #OK}, {@link #FAILED} or {@link #USAGE}. What the
 * user can put right is thrown as {@link CommandFailure} and shown without a stack trace. Text goes
 * to {@code spec.commandLine().getOut()}.
 */
public interface RosterCommand extends Callable<Integer> {

  /** It did what was asked. */
  int OK = 0;

  /** It could not do what was asked, or what it checked does not hold. */
  int FAILED = 1;

  /** What was asked makes no sense; nothing was tried. */
  int USAGE = 2;
}
