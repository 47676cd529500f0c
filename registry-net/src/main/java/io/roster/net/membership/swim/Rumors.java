package io.roster.net.membership.swim;

import io.roster.core.identity.NodeName;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * News that still have to be passed on: at most one for each name, the newest. Those sent least
 * often go first, of those the one that waits longest; each is sent a bounded number of times.
 */
final class Rumors {

  /** No news is shorter. */
  private static final int BYTES_MIN = 30;

  private static final class Entry {
    final Rumor rumor;
    final int bytes;
    int sent;
    boolean dropped;

    Entry(Rumor rumor) {
      this.rumor = rumor;
      this.bytes = Sizes.of(rumor);
    }

    NodeName name() {
      return rumor.about().name();
    }
  }

  private final Map<NodeName, Entry> byName = new HashMap<>();

  /** By how often they were sent. What was dropped lies here until its turn comes. */
  private final List<Deque<Entry>> tiers = new ArrayList<>();

  private int lying;

  /** Queues a rumor in place of any earlier one about the same name. */
  void add(Rumor rumor) {
    drop(rumor.about().name());
    if (lying > 2 * byName.size() + 64) {
      tiers.forEach(tier -> tier.removeIf(entry -> entry.dropped));
      lying = byName.size();
    }
    var entry = new Entry(rumor);
    byName.put(entry.name(), entry);
    tier(0).addLast(entry);
    lying++;
  }

  /** Stops passing on what is said of {@code name}. */
  void drop(NodeName name) {
    var entry = byName.remove(name);
    if (entry != null) {
      entry.dropped = true;
    }
  }

  boolean isEmpty() {
    return byName.isEmpty();
  }

  int size() {
    return byName.size();
  }

  /**
   * Takes news for one packet.
   *
   * @param bytesMax room that they may take
   * @param sendsMax how often each is sent before it is done with
   */
  List<Rumor> take(int bytesMax, int sendsMax) {
    if (byName.isEmpty()) {
      return List.of();
    }
    var taken = new ArrayList<Entry>();
    int room = bytesMax;
    for (int i = 0; i < tiers.size() && room >= BYTES_MIN; i++) {
      room = take(tiers.get(i), room, taken);
    }
    var rumors = new ArrayList<Rumor>(taken.size());
    for (Entry entry : taken) {
      rumors.add(entry.rumor);
      entry.sent++;
      if (entry.sent >= sendsMax) {
        byName.remove(entry.name());
        lying--;
      } else {
        tier(entry.sent).addLast(entry);
      }
    }
    return rumors;
  }

  private int take(Deque<Entry> tier, int bytesMax, List<Entry> taken) {
    int room = bytesMax;
    var tooLong = new ArrayDeque<Entry>(0);
    while (!tier.isEmpty() && room >= BYTES_MIN) {
      var entry = tier.removeFirst();
      if (entry.dropped) {
        lying--;
      } else if (entry.bytes <= room) {
        taken.add(entry);
        room -= entry.bytes;
      } else {
        tooLong.addLast(entry);
      }
    }
    while (!tooLong.isEmpty()) {
      tier.addFirst(tooLong.removeLast());
    }
    return room;
  }

  private Deque<Entry> tier(int sent) {
    while (tiers.size() <= sent) {
      tiers.add(new ArrayDeque<>());
    }
    return tiers.get(sent);
  }
}
