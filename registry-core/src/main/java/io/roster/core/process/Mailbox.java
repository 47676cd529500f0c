package io.roster.core.process;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What waits for one process. Any thread offers; the process alone polls. Lock-free. */
@SuppressWarnings("ReferenceEquality") // the end marker and nodes are compared by identity
final class Mailbox {

  /*
   * A linked queue of many producers and one consumer (after Vyukov), with two additions.
   *
   * Closing appends a last node that no producer gets past, so an offer either is in front of it, and
   * whoever closes the mailbox finds it, or is refused. No message is ever lost between the two.
   *
   * Every node knows its position, so the length is a subtraction and needs no counter that all
   * producers would fight for.
   *
   * A producer first swings the tail, then links its predecessor; in between the queue looks empty to
   * the consumer. That is harmless: a producer wakes the process after it has linked.
   */

  enum Offer {
    TAKEN,
    FULL,
    CLOSED
  }

  /** A position in the queue. {@code next == this} marks a node that the consumer has left. */
  private static final class Node {
    private @Nullable Object body;
    private int index;
    private volatile @Nullable Node next;

    private Node(@Nullable Object body) {
      this.body = body;
    }
  }

  private static final Object CLOSED = new Object();
  private static final VarHandle TAIL;
  private static final VarHandle HEAD;
  private static final VarHandle NEXT;

  static {
    try {
      HEAD = MethodHandles.lookup().findVarHandle(Mailbox.class, "head", Node.class);
      NEXT = MethodHandles.lookup().findVarHandle(Node.class, "next", Node.class);
      TAIL = MethodHandles.lookup().findVarHandle(Mailbox.class, "tail", Node.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** The last node that was polled; its successor is the oldest message. */
  private volatile Node head;

  private volatile Node tail;

  private final int lengthMax;

  /**
   * The position of some node that has been polled. Spares most offers a look at what the consumer
   * writes; may be an old one, as several producers note it without a lock.
   */
  private int polled;

  /** An empty one for up to {@code lengthMax} messages, not counting the system's. */
  Mailbox(int lengthMax) {
    this.lengthMax = lengthMax;
    var stub = new Node(null);
    head = stub;
    tail = stub;
  }

  /** Appends a message of the system's, without regard to the limit. */
  Offer offer(Object body) {
    return append(body, Integer.MAX_VALUE);
  }

  /** Appends a message of a user's, within the limit. */
  Offer offerWithin(Object body) {
    return append(body, lengthMax);
  }

  int lengthMax() {
    return lengthMax;
  }

  private Offer append(Object body, int max) {
    var node = new Node(body);
    while (true) {
      Node last = tail;
      if (last.body == CLOSED) {
        return Offer.CLOSED;
      }
      // Unsigned: a position noted very long ago must look too far away, not ahead.
      if (Integer.compareUnsigned(last.index - polled, max) >= 0) {
        int now = head.index;
        polled = now;
        if (last.index - now >= max) {
          return Offer.FULL;
        }
      }
      node.index = last.index + 1;
      if (TAIL.compareAndSet(this, last, node)) {
        last.next = node;
        return Offer.TAKEN;
      }
    }
  }

  /** Takes the oldest message, or null if there is none yet or the mailbox is closed. */
  @Nullable Object poll() {
    Node last = head;
    Node first = last.next;
    if (first == null) {
      return null;
    }
    Object body = first.body;
    if (body == CLOSED) {
      return null;
    }
    first.body = null;
    // In this order, and no more than that: whoever finds a node left behind finds the new head.
    // A producer to whom the mailbox looks longer than it is cannot tell now from a moment ago.
    HEAD.setRelease(this, first);
    // Old nodes must not keep young ones alive through the collector's generations.
    NEXT.setRelease(last, last);
    return body;
  }

  boolean isEmpty() {
    Node first = head.next;
    return first == null || first.body == CLOSED;
  }

  int length() {
    int length = tail.index - head.index;
    return tail.body == CLOSED ? length - 1 : length;
  }

  /** Refuses every offer from now on. Idempotent. */
  void close() {
    var node = new Node(CLOSED);
    while (true) {
      Node last = tail;
      if (last.body == CLOSED) {
        return;
      }
      node.index = last.index + 1;
      if (TAIL.compareAndSet(this, last, node)) {
        last.next = node;
        return;
      }
    }
  }

  /** Takes everything that was offered before the mailbox closed. The consumer's alone. */
  void drainClosed(Consumer<Object> action) {
    while (true) {
      Node last = head;
      Node first = awaitNext(last);
      Object body = first.body;
      if (body == CLOSED) {
        return;
      }
      first.body = null;
      head = first;
      last.next = last;
      if (body != null) {
        action.accept(body);
      }
    }
  }

  /**
   * Looks at everything that was offered before the mailbox closed and takes nothing. Any thread
   * may, also while the consumer polls; what is polled meanwhile may be seen or not.
   */
  void peekClosed(Consumer<Object> action) {
    Node at = head;
    while (true) {
      Node next = awaitNext(at);
      if (next == at) {
        at = head;
        continue;
      }
      Object body = next.body;
      if (body == CLOSED) {
        return;
      }
      if (body != null) {
        action.accept(body);
      }
      at = next;
    }
  }

  /** Replaces the first message that {@code unwanted} accepts by nothing. The consumer's alone. */
  boolean remove(java.util.function.Predicate<Object> unwanted) {
    Node at = head.next;
    while (at != null && at.body != CLOSED) {
      Object body = at.body;
      if (body != null && unwanted.test(body)) {
        at.body = REMOVED;
        return true;
      }
      at = at.next;
    }
    return false;
  }

  /** Stands for a message that was removed; it does nothing. */
  private static final SystemTask REMOVED = () -> {};

  private static Node awaitNext(Node node) {
    Node next = node.next;
    while (next == null) {
      Thread.onSpinWait();
      next = node.next;
    }
    return next;
  }
}
