package io.roster.core.process;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Messages that a selective receive passed over, oldest first. Confined to the process's thread but
 * for {@link #length}.
 */
final class PassedOver {

  private final ArrayDeque<Object> messages = new ArrayDeque<>();

  /** For other threads to see. */
  private volatile int length;

  void add(Object message) {
    messages.add(message);
    length = messages.size();
  }

  /** Takes the oldest that is {@code wanted}. */
  Optional<Object> take(Predicate<Object> wanted) {
    for (Iterator<Object> each = messages.iterator(); each.hasNext(); ) {
      Object message = each.next();
      if (wanted.test(message)) {
        each.remove();
        length = messages.size();
        return Optional.of(message);
      }
    }
    return Optional.empty();
  }

  /** How many there are. Any thread may ask. */
  int length() {
    return length;
  }
}
