package io.roster.core.server;

import io.roster.core.process.PendingStart;
import io.roster.core.process.ProcessContext;
import io.roster.core.process.ProcessSystem;
import io.roster.core.process.StartOptions;
import io.roster.core.process.Startable;
import io.roster.core.signal.ExitReason;

/**
 * A server: a state and what each message makes of it. It holds no thread while it is idle; its
 * methods are called one at a time and may block.
 *
 * <p>An object is good for one start. What a method throws crashes the server, and its supervisor
 * starts a fresh one.
 *
 * @param <S> the state, best an immutable record
 * @param <M> the messages, best a sealed interface of records; one that wants an answer carries a
 *     {@link ReplyTo}
 * @see <a href="https://www.erlang.org/doc/apps/stdlib/gen_server.html">gen_server</a>
 */
public interface GenServer<S, M> extends Startable<ServerRef<M>> {

  /**
   * Makes the first state. Whoever starts the server waits for it. The name is taken already.
   *
   * @throws Exception fails the start
   */
  Init<S> init(ProcessContext self) throws Exception;

  /**
   * Takes a message.
   *
   * @throws Exception crashes the server
   */
  Next<S> handle(M message, S state) throws Exception;

  /**
   * Takes what is not of the server's own messages. By default the server goes on; an exit signal
   * that it traps without looking, and a message of a foreign type, are reported.
   *
   * @throws Exception crashes the server
   */
  default Next<S> handleSignal(ServerSignal signal, S state) throws Exception {
    return Next.unhandled(state);
  }

  /**
   * Cleans up. Called when the server stops itself, when it crashes, and when its parent ends it
   * while it traps exits; not when it is killed, nor when an untrapped exit signal ends it.
   *
   * @throws Exception becomes the reason of the end
   */
  default void terminate(ExitReason reason, S state) throws Exception {}

  @Override
  default PendingStart<ServerRef<M>> begin(ProcessSystem system, StartOptions options) {
    return ServerReactor.begin(this, system, options);
  }
}
