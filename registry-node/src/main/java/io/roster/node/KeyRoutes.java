package io.roster.node;

import io.roster.net.membership.udp.GossipKey;
import io.roster.net.membership.udp.KeyRotation;
import io.roster.net.membership.udp.KeyRotation.Despite;
import io.roster.net.membership.udp.KeyTable;
import io.roster.node.admin.AdminRoutes;
import io.roster.node.admin.AdminRoutes.Answer;
import io.roster.node.admin.AdminRoutes.Request;
import io.roster.node.admin.KeyListing;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** The keys of the gossip on the admin port. Thread-safe. */
final class KeyRoutes {

  private final KeyRotation rotation;

  KeyRoutes(KeyRotation rotation) {
    this.rotation = rotation;
  }

  /** Puts the paths into {@code routes}. */
  void install(AdminRoutes routes) {
    routes.get("/keys", _ -> listing("", rotation.list()));
    routes.post("/keys", this::installKey);
    routes.post("/keys/{id}/use", request -> answer(rotation.use(id(request), despite(request))));
    routes.post(
        "/keys/{id}/remove", request -> answer(rotation.remove(id(request), despite(request))));
  }

  /* Without a key in the body the node draws one, which then never leaves the gossip. */
  private Object installKey(Request request) {
    var given = request.body().strip();
    return answer(
        rotation.install(given.isEmpty() ? GossipKey.generate() : GossipKey.parse(given)));
  }

  private static Set<Despite> despite(Request request) {
    var despite = EnumSet.noneOf(Despite.class);
    for (var what : Despite.values()) {
      var flag = "even-if-" + what.name().toLowerCase(Locale.ROOT).replace('_', '-');
      if (Boolean.parseBoolean(request.optional(flag, "false"))) {
        despite.add(what);
      }
    }
    return despite;
  }

  private static int id(Request request) {
    return GossipKey.parseId(request.segment("id"));
  }

  private static Object answer(KeyRotation.Outcome outcome) {
    return switch (outcome) {
      case KeyRotation.Done(int key, KeyTable table) -> listing(GossipKey.text(key), table);
      case KeyRotation.Refused(String reason) -> Answer.conflict(reason);
    };
  }

  private static KeyListing listing(String key, KeyTable table) {
    return new KeyListing(
        key,
        table.agreed(),
        table.rows().stream()
            .map(
                row ->
                    new KeyListing.NodeKeys(
                        row.node().toString(),
                        row.keys().stream().map(GossipKey::text).toList(),
                        row.kept(),
                        row.problem()))
            .toList(),
        table.away().stream().map(Object::toString).toList());
  }
}
