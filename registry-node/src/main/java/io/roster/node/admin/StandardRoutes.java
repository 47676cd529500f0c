package io.roster.node.admin;

import java.util.Map;

/** The paths that every node answers. Stateless. */
public final class StandardRoutes {

  private static final int PROCESSES_DEFAULT = 1_000;

  private StandardRoutes() {}

  /** Puts the paths into {@code routes}; {@code view} answers them. */
  public static void install(AdminRoutes routes, NodeView view) {
    routes.get("/health/live", _ -> Map.of("live", true));
    routes.get("/health/ready", _ -> ready(view));
    routes.get("/members", _ -> view.members());
    routes.get("/names", _ -> view.names());
    routes.get("/names/{name}", request -> name(view, request.segment("name")));
    routes.get("/workers", _ -> view.workers());
    routes.get("/moves", _ -> view.moves());
    routes.get("/conflicts", _ -> view.conflicts());
    routes.get(
        "/processes", request -> view.processes((int) request.number("limit", PROCESSES_DEFAULT)));
  }

  private static Object ready(NodeView view) {
    var readiness = view.readiness();
    return readiness.ready() ? readiness : new AdminRoutes.Answer(503, readiness);
  }

  private static Object name(NodeView view, String name) {
    return view.name(name)
        .<Object>map(row -> row)
        .orElseGet(() -> AdminRoutes.Answer.notFound("no such name: " + name));
  }
}
