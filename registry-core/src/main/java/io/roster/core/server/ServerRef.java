package io.roster.core.server;

import io.roster.core.identity.Destination;
import io.roster.core.identity.Named;
import io.roster.core.identity.Pid;
import io.roster.core.naming.Via;
import io.roster.core.process.ProcessSystem;
import io.roster.core.process.Request;
import io.roster.core.process.SendResult;
import io.roster.core.signal.ExitReason;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * A typed handle of a server: by pid, by a name on a node, or by a name in a registry. Names are
 * resolved at each use. Immutable, thread-safe; says nothing about whether the server lives.
 *
 * @param <M> what the server takes
 */
public final class ServerRef<M> {

  private final ProcessSystem system;
  private final Target target;

  private sealed interface Target {
    record At(Destination destination) implements Target {}

    record InRegistry(Via via) implements Target {}
  }

  private ServerRef(ProcessSystem system, Target target) {
    this.system = system;
    this.target = target;
  }

  /** The server at {@code pid}, of this node or another. The caller vouches for its messages. */
  public static <M> ServerRef<M> of(ProcessSystem system, Pid pid) {
    return new ServerRef<>(system, new Target.At(pid));
  }

  /** The server that goes by a name on a node. The caller vouches for its messages. */
  public static <M> ServerRef<M> of(ProcessSystem system, Named name) {
    return new ServerRef<>(system, new Target.At(name));
  }

  /** The server that goes by a name in a registry. The caller vouches for its messages. */
  public static <M> ServerRef<M> of(ProcessSystem system, Via via) {
    return new ServerRef<>(system, new Target.InRegistry(via));
  }

  /** Where a message would go now; empty if nobody has the name in the registry. */
  public Optional<Destination> destination() {
    return switch (target) {
      case Target.At(Destination destination) -> Optional.of(destination);
      case Target.InRegistry(Via via) -> via.registry().whereis(via.name()).map(pid -> pid);
    };
  }

  /** The process, as far as this node knows. */
  public Optional<Pid> pid() {
    return destination()
        .flatMap(
            to ->
                switch (to) {
                  case Pid pid -> Optional.of(pid);
                  case Named named when named.node().equals(system.node().name()) ->
                      system.whereis(named.name());
                  case Named _, io.roster.core.identity.Alias _ -> Optional.empty();
                });
  }

  /** Sends {@code message} and waits for nothing. The result may be ignored, as OTP's is. */
  public SendResult cast(M message) {
    return switch (target) {
      case Target.At(Destination to) -> system.send(to, message);
      case Target.InRegistry(Via via) ->
          destination()
              .map(to -> system.send(to, message))
              .orElseGet(
                  () -> new SendResult.NoSuchProcess(new Named(via.name(), system.node().name())));
    };
  }

  /**
   * Asks and waits for the answer.
   *
   * @param request makes the message of the handle that the answer comes by, as {@code Get::new}
   * @param timeout how long to wait; afterwards the outcome is unknown and a late answer is dropped
   */
  public <R> CallResult<R> call(Function<ReplyTo<R>, ? extends M> request, Duration timeout) {
    Request asked = system.request();
    Pid self = asked.from();
    Optional<Destination> to = destination();
    if (to.isEmpty()) {
      return CallResult.failed(noSuchName());
    }
    if (to.get().equals(self) || pid().filter(self::equals).isPresent()) {
      return CallResult.failed(new CallFailure.CallingSelf(self));
    }
    asked.send(to.get(), request.apply(ReplyTo.of(system, asked)));
    return CallResult.of(asked.await(timeout));
  }

  /**
   * Asks and does not wait.
   *
   * @return the pending answer, to be awaited or collected
   */
  public <R> PendingReply<R> ask(Function<ReplyTo<R>, ? extends M> request) {
    Request asked = system.request();
    Optional<Destination> to = destination();
    if (to.isEmpty()) {
      return PendingReply.failed(asked, noSuchName());
    }
    asked.send(to.get(), request.apply(ReplyTo.of(system, asked)));
    return PendingReply.of(asked);
  }

  private CallFailure noSuchName() {
    return switch (target) {
      case Target.InRegistry(Via via) -> new CallFailure.NoSuchName(via.name());
      case Target.At(Destination to) -> new CallFailure.ServerDown(to, ExitReason.noProcess());
    };
  }

  /**
   * Asks the server to stop with {@code reason} and waits until it has.
   *
   * @return the reason it ended with; {@code NoProcess} if it was not there; empty if it still runs
   *     after {@code timeout}
   */
  public Optional<ExitReason> stop(ExitReason reason, Duration timeout) {
    return pid().isEmpty()
        ? Optional.of(ExitReason.noProcess())
        : pid().flatMap(pid -> system.stop(pid, reason, timeout));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ServerRef<?> that
        && this.system.equals(that.system)
        && this.target.equals(that.target);
  }

  @Override
  public int hashCode() {
    return target.hashCode();
  }

  @Override
  public String toString() {
    return "server " + target;
  }
}
