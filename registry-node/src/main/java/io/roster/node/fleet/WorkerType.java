package io.roster.node.fleet;

import io.roster.core.identity.ProcessName;
import io.roster.core.server.GenServer;
import io.roster.core.supervisor.Restart;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Function;

/**
 * A kind of worker, registered on every node that may run it. Code never crosses the wire: the
 * alias does. Immutable.
 *
 * @param <S> the server's state
 * @param <M> the server's messages
 * @param <A> the arguments that a worker is started with
 */
public final class WorkerType<S, M, A> {

  /**
   * Makes the server of one worker. Called for each start, and for each arrival on another node.
   *
   * @param <S> the server's state
   * @param <M> the server's messages
   * @param <A> the arguments
   */
  @FunctionalInterface
  public interface Factory<S, M, A> {

    /** A fresh server. */
    GenServer<S, M> create(ProcessName name, A args);
  }

  private final String alias;
  private final Class<M> messages;
  private final Function<MessageCodec, StateCodec<A>> args;
  private final Factory<S, M, A> factory;
  private final Optional<Function<MessageCodec, StateCodec<S>>> state;
  private final Optional<BinaryOperator<S>> absorb;
  private final Restart restart;

  private WorkerType(
      String alias,
      Class<M> messages,
      Function<MessageCodec, StateCodec<A>> args,
      Factory<S, M, A> factory,
      Optional<Function<MessageCodec, StateCodec<S>>> state,
      Optional<BinaryOperator<S>> absorb,
      Restart restart) {
    this.alias = alias;
    this.messages = messages;
    this.args = args;
    this.factory = factory;
    this.state = state;
    this.absorb = absorb;
    this.restart = restart;
  }

  /**
   * A type whose arguments are of a registered message type, or of one that is always known, such
   * as {@code String}. Its workers do not move: they are started again where they belong when their
   * node goes, without their state, and are transient.
   *
   * @param alias what it is called on every node, 1 to 63 characters
   * @param messages what its servers take; anything else reaches {@code handleSignal}
   * @param args the arguments' type
   * @param factory makes a server
   */
  public static <S, M, A> WorkerType<S, M, A> of(
      String alias, Class<M> messages, Class<A> args, Factory<S, M, A> factory) {
    return of(alias, messages, codec -> StateCodec.of(args, codec), factory);
  }

  /** The same, with a codec of its own for the arguments. */
  public static <S, M, A> WorkerType<S, M, A> of(
      String alias, Class<M> messages, StateCodec<A> args, Factory<S, M, A> factory) {
    return of(alias, messages, _ -> args, factory);
  }

  private static <S, M, A> WorkerType<S, M, A> of(
      String alias,
      Class<M> messages,
      Function<MessageCodec, StateCodec<A>> args,
      Factory<S, M, A> factory) {
    if (!alias.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,62}")) {
      throw new IllegalArgumentException(
          "expected an alias of 1 to 63 letters, digits, '.', '_' or '-', got: \"" + alias + "\"");
    }
    return new WorkerType<>(
        alias, messages, args, factory, Optional.empty(), Optional.empty(), Restart.TRANSIENT);
  }

  /**
   * The type, with workers that move with their state, which is of a registered message type. On
   * arrival the server's {@code init} runs first, so that it can set itself up; then the state that
   * it made is replaced by the one that arrived. Monitors, links and timers that a worker made end
   * with its old process.
   */
  public WorkerType<S, M, A> withState(Class<S> state) {
    return withState(codec -> StateCodec.of(state, codec));
  }

  /** The same, with a codec of its own for the state. */
  public WorkerType<S, M, A> withState(StateCodec<S> state) {
    return withState(_ -> state);
  }

  private WorkerType<S, M, A> withState(Function<MessageCodec, StateCodec<S>> state) {
    return new WorkerType<>(alias, messages, args, factory, Optional.of(state), absorb, restart);
  }

  /**
   * The type, with workers that merge their states when two of one name meet after a split: the
   * first argument is the winner's, the second the loser's. Needs a state that moves; its workers
   * trap exits.
   */
  public WorkerType<S, M, A> withAbsorb(BinaryOperator<S> absorb) {
    return new WorkerType<>(alias, messages, args, factory, state, Optional.of(absorb), restart);
  }

  /**
   * The type, with another meaning of a worker's end. A transient one is started again unless it
   * ended normally; a permanent one always, until it is {@link Fleet#stop stopped}; a temporary one
   * is started once and never again.
   */
  public WorkerType<S, M, A> withRestart(Restart restart) {
    return new WorkerType<>(alias, messages, args, factory, state, absorb, restart);
  }

  /** What it is called on every node. */
  public String alias() {
    return alias;
  }

  /** Whether its workers move with their state. */
  public boolean isMovable() {
    return state.isPresent();
  }

  /** What the end of a worker means. */
  public Restart restart() {
    return restart;
  }

  Class<M> messages() {
    return messages;
  }

  Factory<S, M, A> factory() {
    return factory;
  }

  StateCodec<A> args(MessageCodec codec) {
    return args.apply(codec);
  }

  Optional<StateCodec<S>> state(MessageCodec codec) {
    return state.map(of -> of.apply(codec));
  }

  Optional<BinaryOperator<S>> absorb() {
    return absorb;
  }

  @Override
  public String toString() {
    return "worker type " + alias;
  }
}
