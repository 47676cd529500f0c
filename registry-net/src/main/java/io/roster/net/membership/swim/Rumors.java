package io.roster.net.membership.swim;

import io.roster.core.identity.NodeName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * News that still have to be passed on: at most one for each name, the newest. Those sent least
 * often go first, of these the youngest; each is sent a bounded number of times.
 */
final class Rumors {

  private record Entry(Rumor rumor, int sent, long order) {}

  private static final Comparator<Entry> NEXT_FIRST =
      Comparator.comparingInt(Entry::sent)
          .thenComparing(Comparator.comparingLong(Entry::order).reversed());

  private final Map<NodeName, Entry> byName = new HashMap<>();
  private final TreeSet<Entry> queue = new TreeSet<>(NEXT_FIRST);
  private long order;

  /** Queues a rumor in place of any earlier one about the same name. */
  void add(Rumor rumor) {
    put(new Entry(rumor, 0, order++));
  }

  /** Stops passing on what is said of {@code name}. */
  void drop(NodeName name) {
    var entry = byName.remove(name);
    if (entry != null) {
      queue.remove(entry);
    }
  }

  boolean isEmpty() {
    return queue.isEmpty();
  }

  int size() {
    return queue.size();
  }

  /**
   * Takes news for one packet.
   *
   * @param bytesMax room that they may take
   * @param sendsMax how often each is sent before it is done with
   */
  List<Rumor> take(int bytesMax, int sendsMax) {
    if (queue.isEmpty()) {
      return List.of();
    }
    var taken = new ArrayList<Entry>();
    int room = bytesMax;
    for (Entry entry : queue) {
      int bytes = Sizes.of(entry.rumor());
      if (bytes <= room) {
        taken.add(entry);
        room -= bytes;
      }
      if (room < 40) {
        break;
      }
    }
    var rumors = new ArrayList<Rumor>(taken.size());
    for (Entry entry : taken) {
      rumors.add(entry.rumor());
      if (entry.sent() + 1 >= sendsMax) {
        drop(entry.rumor().about().name());
      } else {
        put(new Entry(entry.rumor(), entry.sent() + 1, entry.order()));
      }
    }
    return rumors;
  }

  private void put(Entry entry) {
    drop(entry.rumor().about().name());
    byName.put(entry.rumor().about().name(), entry);
    queue.add(entry);
  }
}
