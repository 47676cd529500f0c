package io.roster.net.membership.swim;

import io.roster.core.identity.NodeName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The members that are dead, one of whom can be drawn in constant time. */
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
        names.set(place, last);
        places.put(last, place);
      }
    }
  }

  int size() {
    return names.size();
  }

  Optional<NodeName> draw(RandomGenerator random) {
    return names.isEmpty()
        ? Optional.empty()
        : Optional.of(names.get(random.nextInt(names.size())));
  }
}
