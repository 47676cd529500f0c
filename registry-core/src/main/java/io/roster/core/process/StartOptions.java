package io.roster.core.process;

import io.roster.core.identity.ProcessName;
import io.roster.core.identity.Ref;
import io.roster.core.naming.Via;
import java.time.Duration;
import java.util.Optional;

/**
 * How a server is started. Immutable.
 *
 * @param name the name it takes before {@code init} runs; none by default
 * @param ties what ties it to the process that starts it; none by default
 * @param initTimeout how long {@code init} may take before the process is killed; by default as
 *     long as it likes, as in OTP. Lower it where a starter must not wait
 * @param runsOn the kind of thread for its handlers
 * @param mailboxMax user messages that may wait for it; zero stands for the system's limit
 */
public record StartOptions(
    StartName name, StartTies ties, Duration initTimeout, RunsOn runsOn, int mailboxMax) {

  /** Long enough to mean for ever. */
  public static final Duration UNLIMITED = Duration.ofDays(36_500);

  /** No name, no link, no limit for {@code init}, virtual threads, the system's mailbox limit. */
  public static final StartOptions DEFAULT =
      new StartOptions(new StartName.Anonymous(), StartTies.NONE, UNLIMITED, RunsOn.VIRTUAL, 0);

  /** Checks the bounds. */
  public StartOptions {
    if (!initTimeout.isPositive()) {
      throw new IllegalArgumentException(
          "expected initTimeout to be positive, got: " + initTimeout);
    }
    if (mailboxMax < 0) {
      throw new IllegalArgumentException(
          "expected mailboxMax of zero (the system's limit) or more, got: " + mailboxMax);
    }
  }

  /** Takes {@code name} on this node. */
  public static StartOptions named(String name) {
    return DEFAULT.withName(new ProcessName(name));
  }

  /** Takes a name in a registry. */
  public static StartOptions named(Via via) {
    return DEFAULT.withName(via);
  }

  /** These options with a name on this node. */
  public StartOptions withName(ProcessName name) {
    return new StartOptions(new StartName.Local(name), ties, initTimeout, runsOn, mailboxMax);
  }

  /** These options with a name in a registry. */
  public StartOptions withName(Via via) {
    return new StartOptions(new StartName.InRegistry(via), ties, initTimeout, runsOn, mailboxMax);
  }

  /** These options with a link to the starting process. */
  public StartOptions withLink() {
    return withTies(new StartTies(true, ties.monitor()));
  }

  /** These options for one start, with a monitor of the starting process. */
  StartOptions withMonitor(Ref monitor) {
    return withTies(new StartTies(ties.linked(), Optional.of(monitor)));
  }

  private StartOptions withTies(StartTies ties) {
    return new StartOptions(name, ties, initTimeout, runsOn, mailboxMax);
  }

  /** Whether it is linked to the process that starts it. */
  public boolean linked() {
    return ties.linked();
  }

  /** These options with a limit for {@code init}. */
  public StartOptions withInitTimeout(Duration initTimeout) {
    return new StartOptions(name, ties, initTimeout, runsOn, mailboxMax);
  }

  /** These options on another kind of thread. */
  public StartOptions withRunsOn(RunsOn runsOn) {
    return new StartOptions(name, ties, initTimeout, runsOn, mailboxMax);
  }

  /** These options with a limit for the mailbox. */
  public StartOptions withMailboxMax(int mailboxMax) {
    return new StartOptions(name, ties, initTimeout, runsOn, mailboxMax);
  }
}
