package io.roster.node.admin;

import java.util.ArrayList;
import java.util.List;

/** Collects paths before the admin port opens. Confined to one thread. */
public final class RouteTable implements AdminRoutes {

  private final List<Entry> entries = new ArrayList<>();

  /** What answers one kind of request. */
  record Entry(String method, String path, Handler handler) {}

  @Override
  public void get(String path, Handler handler) {
    add("GET", path, handler);
  }

  @Override
  public void post(String path, Handler handler) {
    add("POST", path, handler);
  }

  @Override
  public void delete(String path, Handler handler) {
    add("DELETE", path, handler);
  }

  List<Entry> entries() {
    return List.copyOf(entries);
  }

  private void add(String method, String path, Handler handler) {
    if (!path.matches("(/([A-Za-z0-9._-]+|\\{[a-z]+}))+")) {
      throw new IllegalArgumentException(
          "expected a path such as /orders/{name}, got: \"" + path + "\"");
    }
    if (entries.stream().anyMatch(e -> e.method().equals(method) && e.path().equals(path))) {
      throw new IllegalArgumentException(
          "expected a path that is not taken, got: " + method + " " + path);
    }
    entries.add(new Entry(method, path, handler));
  }
}
