package io.roster.bench.local;

import io.roster.bench.Clients;
import io.roster.bench.EchoServer;
import io.roster.bench.Effort;
import io.roster.bench.Group;
import io.roster.bench.Stage;
import io.roster.bench.Work;
import io.roster.bench.beam.BeamPeer;
import io.roster.core.identity.Pid;
import io.roster.core.identity.ProcessName;
import io.roster.core.naming.Via;
import io.roster.core.process.ProcessSystem;
import io.roster.core.process.StartOptions;
import io.roster.core.registry.DuplicateRegistry;
import io.roster.core.registry.UniqueRegistry;
import io.roster.core.server.ServerRef;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** Processes under keys: found, called, registered and told together. */
final class RegistryWorks {

  private static final int KEYS = 1_000;
  private static final int LOOKUPS = 20_000_000;
  private static final int CALLS = 100_000;
  private static final int REGISTRATIONS = 100_000;
  private static final int SUBSCRIBERS = 1_000;
  private static final int DISPATCHES = 200;
  private static final long LOOK_AGAIN_NANOS = 10_000;

  private RegistryWorks() {}

  static Group group() {
    return new Group(
        "registry",
        List.of(
            Work.rate("registry lookup", RegistryWorks::lookups)
                .beside(BeamPeer.ELIXIR, "registry_lookup", 20),
            Work.rate("call through the registry", RegistryWorks::calls)
                .beside(BeamPeer.ELIXIR, "registry_call", 3),
            Work.rate("spawn, register and exit", RegistryWorks::registrations)
                .beside(BeamPeer.ELIXIR, "registry_register", 10),
            Work.rate("dispatch to 1,000", RegistryWorks::dispatches)
                .beside(BeamPeer.ELIXIR, "registry_dispatch", 4)));
  }

  private static double lookups(Effort effort) throws Exception {
    int count = effort.count(LOOKUPS);
    try (var system = Stage.system()) {
      var registry = new UniqueRegistry<String, Boolean>(system);
      String[] keys = IntStream.range(0, KEYS).mapToObj(i -> "key-" + i).toArray(String[]::new);
      Pid holder = Stage.idle(system);
      for (String key : keys) {
        var _ = registry.register(key, holder, true);
      }
      return effort.perSecond(
          count, () -> Stage.run(system, _ -> lookUp(registry, keys, holder, count)));
    }
  }

  private static void lookUp(
      UniqueRegistry<String, Boolean> registry, String[] keys, Pid holder, int count) {
    for (int i = 0; i < count; i++) {
      if (!registry.lookup(keys[i % KEYS]).orElseThrow().pid().equals(holder)) {
        throw new IllegalStateException("expected every key to be held by " + holder);
      }
    }
  }

  private static double calls(Effort effort) throws Exception {
    int count = effort.count(CALLS);
    try (var system = Stage.system()) {
      var via = new Via(UniqueRegistry.ofNames(system), new ProcessName("called"));
      var _ = system.start(new EchoServer(), StartOptions.named(via));
      var named = ServerRef.<EchoServer.Message>of(system, via);
      return effort.perSecond(count, () -> Clients.call(system, List.of(named), count));
    }
  }

  private static double registrations(Effort effort) throws Exception {
    int count = effort.count(REGISTRATIONS);
    try (var system = Stage.system()) {
      var registry = new UniqueRegistry<Integer, Boolean>(system);
      return effort.perSecond(count, () -> register(system, registry, count));
    }
  }

  private static void register(
      ProcessSystem system, UniqueRegistry<Integer, Boolean> registry, int count)
      throws InterruptedException {
    var registered = new CountDownLatch(count);
    Stage.run(
        system,
        self -> {
          for (int i = 0; i < count; i++) {
            Integer key = i;
            var _ =
                self.spawn(
                    own -> {
                      if (!(registry.register(key, own.pid(), true)
                          instanceof UniqueRegistry.Claim.Held)) {
                        throw new IllegalStateException("expected the key to be free");
                      }
                      registered.countDown();
                    });
          }
        });
    registered.await();
    while (registry.size() > 0) {
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
    }
  }

  private static double dispatches(Effort effort) throws Exception {
    int rounds = effort.count(DISPATCHES);
    try (var system = Stage.system()) {
      var topics = new DuplicateRegistry<String, Boolean>(system);
      var subscribers =
          IntStream.range(0, SUBSCRIBERS).mapToObj(_ -> new Subscriber(rounds)).toList();
      for (var subscriber : subscribers) {
        var _ = topics.register("topic", system.start(subscriber).pid().orElseThrow(), true);
      }
      return effort.perSecond(
          rounds * SUBSCRIBERS,
          () -> {
            var heard = new CountDownLatch(SUBSCRIBERS);
            subscribers.forEach(subscriber -> subscriber.expect(heard));
            Stage.run(
                system,
                _ -> {
                  for (int i = 0; i < rounds; i++) {
                    topics.dispatch("topic", entry -> system.send(entry.pid(), "message"));
                  }
                });
            heard.await();
          });
    }
  }
}
