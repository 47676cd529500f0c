package io.roster.node.admin;

import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.roster.node.config.AdminOptions;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * Who may ask. With a token: whoever carries it; the liveness and readiness checks and the empty
 * page need none. Without one the port is on loopback, where web pages of other origins are the
 * danger: a request must name this machine as its host (no DNS rebinding) and must not come from
 * another origin. Stateless.
 */
final class RequestGuard {

  static final long BODY_BYTES_MAX = 1 << 20;

  private final AdminOptions options;

  RequestGuard(AdminOptions options) {
    this.options = options;
  }

  void check(Context context) {
    if (context.req().getContentLengthLong() > BODY_BYTES_MAX) {
      refuse(413, "expected a body of at most " + BODY_BYTES_MAX + " bytes, got: more");
    }
    if (!options.token().isEmpty()) {
      if (!isOpen(context.path()) && !carriesToken(context)) {
        refuse(
            401,
            "expected the node's token as Authorization: Bearer, got: "
                + (context.header("Authorization") == null ? "none" : "another"));
      }
      return;
    }
    if (!namesThisMachine(context.header("Host"))) {
      refuse(
          403,
          "expected localhost as the host of a request without token, got: "
              + context.header("Host"));
    }
    var origin = context.header("Origin");
    if (origin != null && !origin.equals("http://" + context.header("Host"))) {
      refuse(403, "expected no request from another origin, got: " + origin);
    }
  }

  private static boolean isOpen(String path) {
    return path.equals("/") || path.equals("/health/live") || path.equals("/health/ready");
  }

  private boolean carriesToken(Context context) {
    var given = Optional.ofNullable(context.header("Authorization")).orElse("");
    return MessageDigest.isEqual(
        given.getBytes(StandardCharsets.UTF_8),
        ("Bearer " + options.token()).getBytes(StandardCharsets.UTF_8));
  }

  private static boolean namesThisMachine(@org.jspecify.annotations.Nullable String host) {
    if (host == null) {
      return false;
    }
    try {
      var name = Optional.ofNullable(URI.create("http://" + host).getHost()).orElse("");
      return name.equals("localhost")
          || name.equals("[::1]")
          || name.matches("127(\\.\\d{1,3}){3}");
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static void refuse(int status, String message) {
    throw new HttpResponseException(status, message, java.util.Map.of());
  }
}
