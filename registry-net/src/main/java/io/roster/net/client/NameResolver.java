package io.roster.net.client;

import io.roster.core.identity.Pid;
import io.roster.core.identity.ProcessName;
import io.roster.core.naming.NameRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * How a node finds the process that a client's name stands for. Thread-safe; nothing here blocks,
 * but an answer may come later, for instance while the process is being moved.
 */
public interface NameResolver {

  /**
   * Who has {@code name}.
   *
   * @param budget how long the client will wait; an answer after that is of no use
   */
  CompletionStage<Optional<Pid>> resolve(ProcessName name, Duration budget);

  /**
   * Who has {@code name} instead of {@code gone}, which turned out to have ended. The answer may
   * wait for the name to be taken again; it must not be {@code gone}.
   *
   * @param budget how long the client will wait
   */
  CompletionStage<Optional<Pid>> resolveAnew(ProcessName name, Pid gone, Duration budget);

  /** Looks names up in {@code registry} and waits for nothing. */
  static NameResolver of(NameRegistry registry) {
    return new NameResolver() {
      @Override
      public CompletionStage<Optional<Pid>> resolve(ProcessName name, Duration budget) {
        return CompletableFuture.completedFuture(registry.whereis(name));
      }

      @Override
      public CompletionStage<Optional<Pid>> resolveAnew(
          ProcessName name, Pid gone, Duration budget) {
        return CompletableFuture.completedFuture(
            registry.whereis(name).filter(pid -> !pid.equals(gone)));
      }
    };
  }
}
