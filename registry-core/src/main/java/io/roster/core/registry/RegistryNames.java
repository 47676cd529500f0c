package io.roster.core.registry;

import io.roster.core.identity.Pid;
import io.roster.core.identity.ProcessName;
import io.roster.core.naming.NameRegistry;
import io.roster.core.naming.Registration;
import io.roster.core.registry.UniqueRegistry.Claim;
import java.util.Optional;
import java.util.function.Function;

/** A registry of keys as one of names. Thread-safe. */
record RegistryNames<K, V>(UniqueRegistry<K, V> registry, Function<ProcessName, K> keyOf, V value)
    implements NameRegistry {

  @Override
  public Registration register(ProcessName name, Pid pid) {
    return switch (registry.register(keyOf.apply(name), pid, value)) {
      case Claim.Held() -> new Registration.Registered(name, pid);
      case Claim.AlreadyRegistered(Pid owner) when owner.equals(pid) ->
          new Registration.Registered(name, pid);
      case Claim.AlreadyRegistered(Pid owner) -> new Registration.AlreadyRegistered(name, owner);
      case Claim.NotAlive() -> new Registration.NotAlive(name, pid);
    };
  }

  @Override
  public boolean unregister(ProcessName name, Pid pid) {
    return registry.unregister(keyOf.apply(name), pid);
  }

  @Override
  public Optional<Pid> whereis(ProcessName name) {
    return registry.whereis(keyOf.apply(name));
  }
}
