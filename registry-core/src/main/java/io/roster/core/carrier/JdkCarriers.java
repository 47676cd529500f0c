package io.roster.core.carrier;

import java.lang.management.ManagementFactory;
import jdk.management.VirtualThreadSchedulerMXBean;

/** The carriers that the JDK schedules virtual threads on, as {@link CarrierWatch} sees them. */
interface JdkCarriers {

  /** How many there may be. */
  int number();

  /** Lets there be as many. */
  void setNumber(int number);

  /**
   * Whether nobody waits for one and there may be more than are taken. A thread that waits is never
   * overlooked; otherwise what this says may be old.
   */
  boolean areLeft();

  /** Starts a virtual thread. */
  void start(Runnable code);

  /** Those of this JVM. */
  static JdkCarriers ofJvm() {
    var scheduler = ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class);
    var threads = Thread.ofVirtual().name("carriers@jvm").factory();
    return new JdkCarriers() {
      @Override
      public int number() {
        return scheduler.getParallelism();
      }

      @Override
      public void setNumber(int number) {
        scheduler.setParallelism(number);
      }

      @Override
      public boolean areLeft() {
        int mounted = scheduler.getMountedVirtualThreadCount();
        return mounted >= 0
            && mounted < scheduler.getParallelism()
            && scheduler.getQueuedVirtualThreadCount() == 0;
      }

      @Override
      public void start(Runnable code) {
        threads.newThread(code).start();
      }
    };
  }
}
