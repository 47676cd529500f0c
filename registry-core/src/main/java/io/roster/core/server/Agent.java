package io.roster.core.server;

import io.roster.core.identity.Named;
import io.roster.core.identity.Pid;
import io.roster.core.naming.Via;
import io.roster.core.process.PendingStart;
import io.roster.core.process.ProcessContext;
import io.roster.core.process.ProcessSystem;
import io.roster.core.process.StartOptions;
import io.roster.core.process.Startable;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * A process that does nothing but keep a value. For this node: functions do not cross the wire.
 *
 * @param <S> the value
 * @see <a href="https://hexdocs.pm/elixir/Agent.html">Agent</a>
 */
public final class Agent<S> implements Startable<Agent.Handle<S>> {

  private final Supplier<S> initial;

  private Agent(Supplier<S> initial) {
    this.initial = initial;
  }

  /** An agent that begins with what {@code initial} gives; it runs in the agent's process. */
  public static <S> Agent<S> of(Supplier<S> initial) {
    return new Agent<>(initial);
  }

  @Override
  public PendingStart<Handle<S>> begin(ProcessSystem system, StartOptions options) {
    return new Keeper<>(initial).begin(system, options).map(system, Handle::new);
  }

  /** A value and what comes of the next state. */
  private record Keeper<S>(Supplier<S> initial) implements GenServer<S, Op<S>> {

    @Override
    public Init<S> init(ProcessContext self) {
      return Init.ok(initial.get());
    }

    @Override
    public Next<S> handle(Op<S> op, S state) {
      return Next.proceed(op.run(state));
    }
  }

  /** What an agent does with its value. */
  private sealed interface Op<S> {

    S run(S state);

    record Get<S, R>(Function<? super S, ? extends R> look, ReplyTo<R> replyTo) implements Op<S> {
      @Override
      public S run(S state) {
        replyTo.reply(look.apply(state));
        return state;
      }
    }

    record Update<S>(UnaryOperator<S> change, ReplyTo<S> replyTo) implements Op<S> {
      @Override
      public S run(S state) {
        S after = change.apply(state);
        replyTo.reply(after);
        return after;
      }
    }

    record Change<S>(UnaryOperator<S> change) implements Op<S> {
      @Override
      public S run(S state) {
        return change.apply(state);
      }
    }
  }

  /**
   * How an agent is talked to. Immutable, thread-safe.
   *
   * @param <S> the value
   */
  public static final class Handle<S> {

    private final ServerRef<Op<S>> ref;

    private Handle(ServerRef<Op<S>> ref) {
      this.ref = ref;
    }

    /** The agent at {@code pid}, of this node. The caller vouches for its value. */
    public static <S> Handle<S> of(ProcessSystem system, Pid pid) {
      return new Handle<>(ServerRef.of(system, pid));
    }

    /**
     * The agent that goes by a name on this node, whoever has it at each use. The caller vouches
     * for its value.
     */
    public static <S> Handle<S> of(ProcessSystem system, Named name) {
      return new Handle<>(ServerRef.of(system, name));
    }

    /**
     * The agent that goes by a name in a registry, on this node. The caller vouches for its value.
     */
    public static <S> Handle<S> of(ProcessSystem system, Via via) {
      return new Handle<>(ServerRef.of(system, via));
    }

    /** What {@code look} makes of the value; it runs in the agent. */
    public <R> CallResult<R> get(Function<? super S, ? extends R> look, Duration timeout) {
      return ref.call(replyTo -> new Op.Get<>(look, replyTo), timeout);
    }

    /** Replaces the value and returns the new one. */
    public CallResult<S> update(UnaryOperator<S> change, Duration timeout) {
      return ref.call(replyTo -> new Op.Update<>(change, replyTo), timeout);
    }

    /** Replaces the value some time later. */
    public void cast(UnaryOperator<S> change) {
      ref.cast(new Op.Change<>(change));
    }

    /** The process, as a server of its own. */
    public ServerRef<?> ref() {
      return ref;
    }
  }
}
