package io.roster.node.names.claim;

import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import io.roster.core.identity.Pid;
import io.roster.core.identity.ProcessName;
import io.roster.node.names.store.StoredName;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** Claims for tests: few values for each field, so that random ones often have fields in common. */
public final class Claims {

  public static final ProcessName NAME = new ProcessName("orders");

  private Claims() {}

  public static NodeId node(String name) {
    return new NodeId(new NodeName(name), 1);
  }

  public static Claim claim(String node, long serial, long since) {
    return Claim.first(
        NAME, since, new Pid(node(node), serial), new RegistrationId(node(node), serial), Map.of());
  }

  public static Claim random(SplittableRandom random) {
    var node = node(String.valueOf((char) ('a' + random.nextInt(3))));
    return new Claim(
        NAME,
        1 + random.nextInt(4),
        random.nextInt(4),
        new Pid(node, 1 + random.nextInt(3)),
        new RegistrationId(node, 1 + random.nextInt(5)),
        Optional.empty(),
        Map.of("priority", String.valueOf(random.nextInt(3))));
  }

  public static StoredName randomStored(SplittableRandom random) {
    var claim = random(random);
    return random.nextInt(3) == 0
        ? new StoredName.Freed(NAME, claim.epoch(), claim.id())
        : new StoredName.Held(claim);
  }
}
