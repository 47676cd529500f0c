package io.roster.net.membership.swim;

import java.time.Duration;

/**
 * Whether this node hears itself. Datagrams that it sends to itself go through its own sockets and
 * threads alone: when they do not come back, nobody's silence means anything.
 *
 * <p>Where they never came back, an address that the host does not route to itself for one, or when
 * they stay away for longer than any pause is plausible, nothing is concluded from it.
 */
final class Echo {

  private static final long PATIENCE_NANOS = Duration.ofSeconds(30).toNanos();

  private final Context context;
  private long sequence;

  /** When what is under way, or came back last, was first sent. */
  private long askedAtNanos = Long.MIN_VALUE / 2;

  /** When it was last sent; never before {@link #askedAtNanos}. */
  private long sentAtNanos = Long.MIN_VALUE / 2;

  private boolean pending;
  private boolean proven;

  Echo(Context context) {
    this.context = context;
  }

  /**
   * Sends something, unless something is on its way. What is long overdue is sent once more: a full
   * buffer loses datagrams of this host too, and a lost one must not leave it deaf.
   */
  void ask() {
    if (!context.options.health().echo()) {
      return;
    }
    if (!pending) {
      pending = true;
      askedAtNanos = context.nowNanos;
      sequence = context.nextSequence();
      send();
    } else if (context.nowNanos - sentAtNanos > context.options.probes().timeout().toNanos()) {
      // The same sequence: had the first been held up rather than lost, it may still come.
      send();
    }
  }

  private void send() {
    sentAtNanos = context.nowNanos;
    context.emit(new Effect.Echo(sequence));
  }

  /**
   * Something came back.
   *
   * @return the time since it was first sent; zero if it is not what this node waits for
   */
  long heard(long which) {
    if (!pending || which != sequence) {
      return 0;
    }
    pending = false;
    proven = true;
    return context.nowNanos - askedAtNanos;
  }

  /** Whether nothing that was sent at {@code sinceNanos} or later is known to have been held up. */
  boolean hearsSince(long sinceNanos) {
    if (!proven || (pending && context.nowNanos - askedAtNanos > PATIENCE_NANOS)) {
      return true;
    }
    return !pending && askedAtNanos >= sinceNanos;
  }
}
