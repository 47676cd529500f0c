package io.roster.node.fleet;

import io.roster.core.identity.ProcessName;
import io.roster.core.server.GenServer;
import java.util.Optional;
import java.util.function.BinaryOperator;

/**
 * A kind of worker, registered on every node that may run it. Code never crosses the wire: the
 * alias does. Immutable.
 *
 * @param <S> the server's state
 * @param <M> the server's messages
 * @param <A> the arguments that a worker is started with
 */
public final class WorkerType<S, M, A> {

  /** What the end of a worker means. */
  public enum Restart {
    /** It is started again whatever its end was; only {@link Fleet#stop} ends it for good. */
    PERMANENT,
    /** It is started again unless it ended normally. */
    TRANSIENT,
    /** It is started once, and never again. */
    TEMPORARY
  }

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
  private final StateCodec<A> args;
  private final Factory<S, M, A> factory;
  private final Optional<StateCodec<S>> state;
  private final Optional<BinaryOperator<S>> absorb;
  private final Restart restart;

  private WorkerType(
      String alias,
      Class<M> messages,
      StateCodec<A> args,
      Factory<S, M, A> factory,
      Optional<StateCodec<S>> state,
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
   * A type whose workers do not move: they are started again where they belong when their node
   * goes, without their state, and are transient.
   *
   * @param alias what it is called on every node, 1 to 63 characters
   * @param messages what its servers take; anything else reaches {@code handleSignal}
   * @param args how arguments cross the wire
   * @param factory makes a server
   */
  public static <S, M, A> WorkerType<S, M, A> of(
      String alias, Class<M> messages, StateCodec<A> args, Factory<S, M, A> factory) {
    if (!alias.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,62}")) {
      throw new IllegalArgumentException(
          "expected an alias of 1 to 63 letters, digits, '.', '_' or '-', got: \"" + alias + "\"");
    }
    return new WorkerType<>(
        alias, messages, args, factory, Optional.empty(), Optional.empty(), Restart.TRANSIENT);
  }

  /**
   * The type, with workers that move with their state. On arrival the server's {@code init} runs
   * first, so that it can set itself up; then the state that it made is replaced by the one that
   * arrived. Monitors, links and timers that a worker made end with its old process.
   */
  public WorkerType<S, M, A> withState(StateCodec<S> state) {
    return new WorkerType<>(alias, messages, args, factory, Optional.of(state), absorb, restart);
  }

  /**
   * The type, with workers that merge their states when two of one name meet after a split: the
   * first argument is the winner's, the second the loser's. Needs a state codec; its workers trap
   * exits.
   */
  public WorkerType<S, M, A> withAbsorb(BinaryOperator<S> absorb) {
    return new WorkerType<>(alias, messages, args, factory, state, Optional.of(absorb), restart);
  }

  /** The type, with another meaning of a worker's end. */
  public WorkerType<S, M, A> withRestart(Restart restart) {
    return new WorkerType<>(alias, messages, args, factory, state, absorb, restart);
  }

  /** What it is called on every node. */
  public String alias() {
    return alias;
  }

  /** What its servers take. */
  public Class<M> messages() {
    return messages;
  }

  /** How arguments cross the wire. */
  public StateCodec<A> args() {
    return args;
  }

  /** Makes a server. */
  public Factory<S, M, A> factory() {
    return factory;
  }

  /** How the state crosses the wire; empty if workers of this type do not move. */
  public Optional<StateCodec<S>> state() {
    return state;
  }

  /** How two states become one, if they can. */
  public Optional<BinaryOperator<S>> absorb() {
    return absorb;
  }

  /** What the end of a worker means. */
  public Restart restart() {
    return restart;
  }

  @Override
  public String toString() {
    return "worker type " + alias;
  }
}
