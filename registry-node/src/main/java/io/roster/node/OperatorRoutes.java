package io.roster.node;

import io.roster.core.identity.Pid;
import io.roster.core.identity.ProcessName;
import io.roster.core.naming.Via;
import io.roster.core.process.SendResult;
import io.roster.core.server.CallResult;
import io.roster.core.server.ReplyTo;
import io.roster.core.server.ServerRef;
import io.roster.core.signal.ExitReason;
import io.roster.net.membership.NodeMetadata;
import io.roster.node.admin.AdminRoutes;
import io.roster.node.admin.AdminRoutes.Answer;
import io.roster.node.admin.AdminRoutes.Request;
import io.roster.node.admin.Doctor;
import io.roster.node.admin.NodeView;
import io.roster.node.fleet.DrainReport;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** What operators may do on the admin port, beside asking. Thread-safe. */
final class OperatorRoutes {

  private static final Duration DRAIN_MAX = Duration.ofMinutes(2);
  private static final long CALL_TIMEOUT_MS = 5_000;
  private static final long CALL_TIMEOUT_MS_MAX = 60_000;

  private final NodeParts parts;
  private final JsonMessages messages;

  OperatorRoutes(NodeParts parts, JsonMessages messages) {
    this.parts = parts;
    this.messages = messages;
  }

  /** Puts the paths into {@code routes}. */
  void install(AdminRoutes routes, NodeView view) {
    routes.get("/doctor", _ -> Doctor.examine(Doctor.Answers.of(view)));
    routes.get("/types", _ -> messages.names());
    routes.post("/names/{name}/call", this::call);
    routes.post("/names/{name}/send", this::send);
    routes.post("/names/{name}/kill", this::kill);
    routes.post("/drain", _ -> drain());
  }

  private Object call(Request request) {
    var name = new ProcessName(request.segment("name"));
    var type = request.required("type");
    long timeoutMs = request.number("timeout", CALL_TIMEOUT_MS);
    if (timeoutMs < 1 || timeoutMs > CALL_TIMEOUT_MS_MAX) {
      throw new IllegalArgumentException(
          "expected a timeout from 1 to " + CALL_TIMEOUT_MS_MAX + " ms, got: " + timeoutMs);
    }
    CallResult<Object> result =
        ServerRef.<Object>of(parts.system(), new Via(parts.names(), name))
            .call(
                (ReplyTo<Object> replyTo) ->
                    messages.read(type, request.body(), Optional.of(replyTo)),
                Duration.ofMillis(timeoutMs));
    return switch (result) {
      case CallResult.Replied<Object>(Object value) -> Map.of("reply", JsonMessages.write(value));
      case CallResult.Failed<Object>(var failure) ->
          Answer.conflict("call " + name + ": " + failure);
    };
  }

  private Object send(Request request) {
    var name = new ProcessName(request.segment("name"));
    var message = messages.read(request.required("type"), request.body(), Optional.empty());
    var result = parts.names().send(name, message);
    return switch (result) {
      case SendResult.Delivered() -> Map.of("sent", true);
      case SendResult.NoSuchProcess _ -> Answer.notFound("no such name: " + name);
      case SendResult.ConnectionLost _,
          SendResult.Overloaded _,
          SendResult.TooLarge _,
          SendResult.NotEncodable _ ->
          Answer.conflict("send " + name + ": " + result);
    };
  }

  private Object kill(Request request) {
    var name = new ProcessName(request.segment("name"));
    Optional<Pid> owner = parts.names().whereis(name);
    if (owner.isEmpty()) {
      return Answer.notFound("no such name: " + name);
    }
    parts.system().exit(owner.get(), ExitReason.killed());
    return Map.of("killed", owner.get().toString());
  }

  /* The others are told first, so that nobody moves workers here meanwhile. */
  private Object drain() throws Exception {
    parts.membership().updateMetadata(NodeMetadata::asLeaving);
    DrainReport report = parts.fleet().drain().get(DRAIN_MAX.toSeconds(), TimeUnit.SECONDS);
    return Map.of("moved", report.moved(), "ended", report.ended());
  }
}
