package io.roster.core.carrier;

import java.util.HashMap;
import java.util.Map;

/**
 * Decides how much of what waits for a carrier is moved to others. Told what each look finds;
 * confined to one thread.
 *
 * @param <C> what stands for a carrier
 */
final class Sharing<C> {

  /*
   * Three cases. A carrier that has not come to its next turn since the last look is held by code that computes:
   * all that waits for it goes. One whose turns are long, compared with what it costs to bring a thread
   * to another core, shares with the idle ones. One whose turns are short is likely to carry processes that wait for
   * each other; they may also be many pairs that have nothing to do with each other, and nobody can tell. So half is moved
   * by way of trial, and if the others are soon idle again, less and less often.
   */

  /** Fewer turns than this between two looks are long: about ten microseconds each. */
  static final int LONG_TURNS = 100;

  /** Looks between two trials at most. */
  static final int TRIALS_APART_MAX = 64;

  private Map<C, Seen> before = new HashMap<>();
  private Map<C, Seen> now = new HashMap<>();
  private int idle;
  private int trialsApart = 1;
  private int untilTrial;
  private boolean tried;

  private record Seen(int turns, boolean waits) {}

  /** Begins a look, which finds so many idle carriers. */
  void look(int idleCarriers) {
    Map<C, Seen> old = before;
    before = now;
    now = old;
    now.clear();
    idle = idleCarriers;
    if (tried) {
      trialsApart = idle > 0 ? Math.min(TRIALS_APART_MAX, trialsApart * 2) : 1;
      untilTrial = trialsApart;
      tried = false;
    }
    untilTrial--;
  }

  /**
   * How many of the {@code waiting} are to be moved away from {@code carrier}, the oldest first.
   *
   * @param turns that it has had so far
   */
  int toMove(C carrier, int turns, int waiting) {
    Seen last = before.get(carrier);
    now.put(carrier, new Seen(turns, waiting > 0));
    if (waiting == 0 || last == null || !last.waits) {
      return 0;
    }
    int had = turns - last.turns;
    if (had == 0) {
      return waiting;
    }
    if (idle == 0) {
      return 0;
    }
    int share = waiting * idle / (idle + 1);
    if (had < LONG_TURNS) {
      return Math.max(1, share);
    }
    if (share == 0 || untilTrial > 0) {
      return 0;
    }
    tried = true;
    return share;
  }
}
