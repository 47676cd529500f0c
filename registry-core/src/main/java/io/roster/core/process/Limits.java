package io.roster.core.process;

import java.time.Duration;

/**
 * The bounds of one {@link ProcessSystem}. Immutable.
 *
 * @param mailboxMax user messages that may wait in one mailbox; more are refused with {@code
 *     Overloaded}. Raise it for bursts, lower it to feel back-pressure sooner. Signals of the
 *     system (links, monitors, exits, timers of servers) are never refused
 * @param processesMax processes that may live at one time; {@code spawn} beyond it throws
 * @param forwardsMax moved processes whose messages are sent on to the new pid; beyond it the
 *     oldest is forgotten, and its senders are told {@code NoSuchProcess}
 * @param forwardFor how long messages to a moved process are sent on
 */
public record Limits(int mailboxMax, int processesMax, int forwardsMax, Duration forwardFor) {

  /** A million messages, ten million processes, a hundred thousand forwards of one minute. */
  public static final Limits DEFAULT =
      new Limits(1_000_000, 10_000_000, 100_000, Duration.ofMinutes(1));

  /** Checks that every bound is positive. */
  public Limits {
    requirePositive("mailboxMax", mailboxMax);
    requirePositive("processesMax", processesMax);
    requirePositive("forwardsMax", forwardsMax);
    if (!forwardFor.isPositive()) {
      throw new IllegalArgumentException("expected forwardFor to be positive, got: " + forwardFor);
    }
  }

  private static void requirePositive(String what, int value) {
    if (value <= 0) {
      throw new IllegalArgumentException("expected " + what + " greater than zero, got: " + value);
    }
  }

  /** These bounds with another limit for mailboxes. */
  public Limits withMailboxMax(int mailboxMax) {
    return new Limits(mailboxMax, processesMax, forwardsMax, forwardFor);
  }

  /** These bounds with another limit for processes. */
  public Limits withProcessesMax(int processesMax) {
    return new Limits(mailboxMax, processesMax, forwardsMax, forwardFor);
  }

  /** These bounds with other limits for forwarding. */
  public Limits withForwards(int forwardsMax, Duration forwardFor) {
    return new Limits(mailboxMax, processesMax, forwardsMax, forwardFor);
  }
}
