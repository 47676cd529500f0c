package io.roster.net.membership.swim;

import java.time.Duration;

/**
 * What this node says of itself when it is accused: all of it while that is new, and only that it
 * is there once everybody has heard the rest, which is a quarter as long.
 */
final class OwnWord {

  private static final long NEW_NANOS = Duration.ofSeconds(5).toNanos();

  private final Context context;
  private long since;
  private long saidAtNanos;

  OwnWord(Context context) {
    this.context = context;
  }

  /** This node began, or has just said something else of itself. */
  void published() {
    since = context.own().version();
    saidAtNanos = context.nowNanos;
  }

  Rumor now() {
    var own = context.own();
    return context.nowNanos - saidAtNanos < NEW_NANOS
        ? new Rumor.Told(own)
        : new Rumor.Refuted(own.id(), own.version(), since);
  }
}
