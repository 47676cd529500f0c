package io.roster.core.process;

import java.util.concurrent.locks.LockSupport;

/** A virtual thread that waits, again and again, until somebody has more for it to do. */
abstract class Waiter extends Current.Running implements Runnable {

  private volatile boolean awake;

  @Override
  public final void run() {
    bindWhile(this::serve);
  }

  /** Works and waits until there is no more to do. */
  abstract void serve();

  /** From here on a wake-up counts. To be called before anybody can see that it waits. */
  final void lieDown() {
    awake = false;
  }

  final void wake() {
    awake = true;
    LockSupport.unpark(thread());
  }

  final void awaitWake() {
    while (!awake) {
      LockSupport.park(this);
      // Meant for whoever had the thread before; left alone it would let no further park wait.
      Thread.interrupted();
    }
  }
}
