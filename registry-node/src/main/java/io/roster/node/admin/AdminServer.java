package io.roster.node.admin;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import io.javalin.router.Endpoint;
import io.javalin.router.EndpointNotFound;
import io.roster.node.config.AdminOptions;
import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The admin port of one node. Thread-safe.
 *
 * <p>Every request runs on a virtual thread. What makes no sense is answered with a 4xx and {@code
 * {"error": …}}; garbage that is no HTTP at all is Jetty's to refuse. Nothing that comes in here
 * can block or end anything else of the node.
 */
public final class AdminServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(AdminServer.class);

  private final Javalin javalin;

  private AdminServer(Javalin javalin) {
    this.javalin = javalin;
  }

  /**
   * Opens the port.
   *
   * @param routes what it answers
   * @throws BindException if the port is in use or the address is not this machine's
   */
  public static AdminServer start(String nodeName, AdminOptions options, RouteTable routes)
      throws BindException {
    var guard = new RequestGuard(options);
    var javalin = Javalin.create(config -> configure(config, nodeName, guard, routes));
    try {
      javalin.start(options.bind().getHostAddress(), options.port());
    } catch (RuntimeException e) {
      javalin.stop();
      var problem =
          new BindException(
              "expected a free port for administration at "
                  + options.bind().getHostAddress()
                  + ":"
                  + options.port()
                  + ", got: "
                  + rootMessage(e));
      problem.initCause(e);
      throw problem;
    }
    return new AdminServer(javalin);
  }

  /** The port, chosen by the system where the options left it open. */
  public int port() {
    return javalin.port();
  }

  @Override
  public void close() {
    javalin.stop();
  }

  private static void configure(
      JavalinConfig config, String nodeName, RequestGuard guard, RouteTable routes) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.concurrency.useVirtualThreads = true;
    config.http.maxRequestSize = RequestGuard.BODY_BYTES_MAX;
    config.http.defaultContentType = "application/json";
    config.jetty.threadPool = AdminThreads.pool(nodeName);
    config.routes.before(guard::check);
    config.routes.exception(
        HttpResponseException.class,
        (refusal, context) -> show(context, refusal.getStatus(), error(refusal)));
    config.routes.exception(
        IOException.class,
        (_, context) ->
            show(context, 400, Map.of("error", "expected a whole request, got: a part of one")));
    config.routes.exception(
        EndpointNotFound.class,
        (_, context) -> show(context, 404, Map.of("error", "no such path: " + context.path())));
    config.routes.get("/", AdminServer::page);
    routes
        .entries()
        .forEach(
            entry ->
                config.routes.addEndpoint(
                    new Endpoint(
                        HandlerType.findOrCreate(entry.method()),
                        entry.path(),
                        context -> answer(context, entry.handler()))));
  }

  private static void page(Context context) throws IOException {
    try (InputStream page = AdminServer.class.getResourceAsStream("page.html")) {
      if (page == null) {
        throw new IllegalStateException("invariant: page.html is packed beside this class");
      }
      context.header(
          "Content-Security-Policy", "default-src 'self' 'unsafe-inline'; frame-ancestors 'none'");
      context.contentType("text/html; charset=utf-8").result(page.readAllBytes());
    }
  }

  private static void answer(Context context, AdminRoutes.Handler handler) {
    var request = request(context);
    try {
      var answer = handler.answer(request);
      switch (answer) {
        case AdminRoutes.Answer(int status, Object body) -> show(context, status, body);
        default -> show(context, 200, answer);
      }
    } catch (IllegalArgumentException e) {
      show(context, 400, error(e));
    } catch (Exception e) {
      LOG.warn("admin request {} {} failed", context.method(), context.path(), e);
      show(context, 500, Map.of("error", "the request failed, the node's log says why"));
    }
  }

  private static Map<String, String> error(Exception problem) {
    return Map.of("error", String.valueOf(problem.getMessage()));
  }

  private static AdminRoutes.Request request(Context context) {
    var query = new LinkedHashMap<String, String>();
    context
        .queryParamMap()
        .forEach((name, values) -> query.put(name, values.isEmpty() ? "" : values.getFirst()));
    return new AdminRoutes.Request(context.pathParamMap(), query, context.body());
  }

  private static void show(Context context, int status, Object body) {
    context.status(status);
    switch (body) {
      case AdminRoutes.Text(String type, String text) -> context.contentType(type).result(text);
      default ->
          context
              .contentType("application/json; charset=utf-8")
              .result((Json.line(body) + "\n").getBytes(StandardCharsets.UTF_8));
    }
  }

  private static String rootMessage(Throwable problem) {
    var root = problem;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }
}
