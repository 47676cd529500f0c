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

  /** As many in a row are not lost by chance: such a host does not route to itself. */
  private static final int FIRST_ATTEMPTS = 16;

  private final Context context;
  private long sequence;

  /** What was sent when the first was overdue; the same as the first until then. */
  private long secondSequence;

  private long secondAtNanos;

  /** When what is under way, or came back last, was first sent, but for what is known as lost. */
  private long askedAtNanos = Long.MIN_VALUE / 2;

  /** When it was last sent; never before {@link #askedAtNanos}. */
  private long sentAtNanos = Long.MIN_VALUE / 2;

  private boolean pending;
  private boolean proven;
  private int sent;

  Echo(Context context) {
    this.context = context;
  }

  /**
   * Asks until something has come back for the first time, within bounds. Before that, silence says
   * nothing: were the first one lost and nothing sent until others are silent too, a node that has
   * gone deaf would not know it.
   */
  void askFirst() {
    if (!proven && sent < FIRST_ATTEMPTS) {
      ask();
    }
  }

  /**
   * Sends something, unless something is on its way. What is long overdue is sent once more: a full
   * buffer loses datagrams of this host too, and a lost one must not leave it deaf.
   *
   * <p>The second can be told from the first: where it comes back before it, the first was lost and
   * not held up. Whatever is sent after both is taken for the first, since losing more than one in
   * a row is no chance but a buffer that nobody empties.
   */
  void ask() {
    if (!context.options.health().echo()) {
      return;
    }
    if (!pending) {
      pending = true;
      askedAtNanos = context.nowNanos;
      sequence = context.nextSequence();
      secondSequence = sequence;
      send(sequence);
    } else if (context.nowNanos - sentAtNanos > context.options.probes().timeout().toNanos()) {
      if (secondSequence == sequence) {
        secondSequence = context.nextSequence();
        secondAtNanos = context.nowNanos;
        send(secondSequence);
      } else {
        send(sequence);
      }
    }
  }

  private void send(long which) {
    sentAtNanos = context.nowNanos;
    sent++;
    context.emit(new Effect.Echo(which));
  }

  /**
   * Something came back.
   *
   * @return the time since it was sent, the first time unless that was lost; zero if it is not what
   *     this node waits for
   */
  long heard(long which) {
    if (!pending || (which != sequence && which != secondSequence)) {
      return 0;
    }
    if (which != sequence) {
      askedAtNanos = secondAtNanos;
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
