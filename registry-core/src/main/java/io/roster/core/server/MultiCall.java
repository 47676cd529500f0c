package io.roster.core.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * One question to many servers at once. Immutable.
 *
 * @param replies who answered, and what
 * @param failures who did not, and why
 * @param <M> what the servers take
 * @param <R> the replies
 * @see <a href="https://www.erlang.org/doc/apps/stdlib/gen_server.html#multi_call/4">multi_call</a>
 */
public record MultiCall<M, R>(
    Map<ServerRef<M>, R> replies, Map<ServerRef<M>, CallFailure> failures) {

  /** Keeps the order in which the servers were given. */
  public MultiCall {
    replies = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(replies));
    failures = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(failures));
  }

  /** Asks all of {@code servers} and waits for each until {@code timeout} has passed in all. */
  public static <M, R> MultiCall<M, R> call(
      Collection<ServerRef<M>> servers,
      Function<ReplyTo<R>, ? extends M> request,
      Duration timeout) {
    long begun = System.nanoTime();
    var asked = new ArrayList<PendingReply<R>>(servers.size());
    for (ServerRef<M> server : servers) {
      asked.add(server.ask(request));
    }
    var replies = new LinkedHashMap<ServerRef<M>, R>();
    var failures = new LinkedHashMap<ServerRef<M>, CallFailure>();
    int at = 0;
    for (ServerRef<M> server : servers) {
      Duration left = timeout.minusNanos(System.nanoTime() - begun);
      switch (asked.get(at++).await(left.isNegative() ? Duration.ZERO : left)) {
        case CallResult.Replied<R>(R value) -> replies.put(server, value);
        case CallResult.Failed<R>(CallFailure failure) -> failures.put(server, failure);
      }
    }
    return new MultiCall<>(replies, failures);
  }
}
