package io.roster.core.server;

import io.roster.core.identity.Alias;
import io.roster.core.process.ProcessSystem;
import io.roster.core.process.Request;
import io.roster.core.process.SendResult;
import org.jspecify.annotations.Nullable;

/**
 * Where an answer goes. Travels inside the message that asks. Immutable, thread-safe: any process
 * may answer, now or later; the first answer counts.
 *
 * @param <R> the answer
 * @see <a
 *     href="https://www.erlang.org/doc/apps/stdlib/gen_server.html#reply/2">gen_server:reply</a>
 */
public final class ReplyTo<R> {

  private final ProcessSystem system;
  private final @Nullable Request request;
  private final @Nullable Alias alias;

  private ReplyTo(ProcessSystem system, @Nullable Request request, @Nullable Alias alias) {
    this.system = system;
    this.request = request;
    this.alias = alias;
  }

  /** Answers {@code request}. */
  static <R> ReplyTo<R> of(ProcessSystem system, Request request) {
    return new ReplyTo<>(system, request, null);
  }

  /** Answers to an address, of this node or another: how a handle is made again from the wire. */
  public static <R> ReplyTo<R> of(ProcessSystem system, Alias alias) {
    return new ReplyTo<>(system, null, alias);
  }

  /** The address, for the wire. It is active until the one who asked has an answer or gives up. */
  public Alias alias() {
    if (alias != null) {
      return alias;
    }
    if (request == null) {
      throw new IllegalStateException("invariant: a reply handle has a request or an alias");
    }
    return request.alias();
  }

  /**
   * Answers. Does not wait.
   *
   * @return {@code Delivered}, or {@code NoSuchProcess} if nobody of this node waits any more or an
   *     answer was given before; for another node what became of the send
   */
  public SendResult reply(R value) {
    if (value == null) {
      throw new IllegalArgumentException("expected a reply, got: null");
    }
    var _ = system.self(); // refuses the dead
    if (request == null) {
      return system.send(alias(), value);
    }
    return request.reply(value)
        ? SendResult.delivered()
        : new SendResult.NoSuchProcess(request.alias());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ReplyTo<?> that
        && ((this.request != null && this.request.equals(that.request))
            || this.alias().equals(that.alias()));
  }

  @Override
  public int hashCode() {
    return alias().hashCode();
  }

  @Override
  public String toString() {
    return "reply to " + alias();
  }
}
