package io.roster.net.membership.swim;

import io.roster.core.identity.NodeName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** The members that are dead, any of whom can be drawn in constant time. */
final class DeadList {

  private final List<NodeName> names = new ArrayList<>();
  private final Map<NodeName, Integer> places = new HashMap<>();

  void add(NodeName name) {
    if (places.putIfAbsent(name, names.size()) == null) {
      names.add(name);
    }
  }

  void remove(NodeName name) {
    var place = places.remove(name);
    if (place != null) {
      // The last one takes the free place.
      var last = names.removeLast();
      if (!last.equals(name)) {
        put(place, last);
      }
    }
  }

  int size() {
    return names.size();
  }

  /** So many of them, or all if they are fewer; nobody twice. */
  List<NodeName> draw(int count, RandomGenerator random) {
    int drawn = Math.min(count, names.size());
    for (int i = 0; i < drawn; i++) {
      swap(i, random.nextInt(i, names.size()));
    }
    return List.copyOf(names.subList(0, drawn));
  }

  private void swap(int left, int right) {
    var name = names.get(left);
    put(left, names.get(right));
    put(right, name);
  }

  private void put(int place, NodeName name) {
    names.set(place, name);
    places.put(name, place);
  }
}
