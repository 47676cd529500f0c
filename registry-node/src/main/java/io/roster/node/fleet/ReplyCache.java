package io.roster.node.fleet;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The latest answers of a server by request id, as part of its state: a caller that repeats a
 * request after an unknown outcome gets the answer of the first time, and nothing is applied twice.
 * Immutable, and moves with the state.
 *
 * <p>A look takes time in proportion to the size: keep it as small as the number of requests that
 * may be open at once.
 *
 * {@snippet :
 * case Deposit(String requestId, long amount, ReplyTo<Long> replyTo) -> {
 *   Optional<Long> before = state.replies().find(requestId);
 *   long balance = before.orElse(state.balance() + amount);
 *   replyTo.reply(balance);
 *   yield Next.proceed(new State(balance, state.replies().with(requestId, balance)));
 * }
 * }
 *
 * @param <R> the answers
 * @param sizeMax how many are kept; the oldest make room
 * @param saved the answers, oldest first
 */
public record ReplyCache<R>(int sizeMax, List<Saved<R>> saved) {

  /**
   * One answer.
   *
   * @param requestId what the caller calls its request, unique among those of the cache's size
   * @param reply the answer
   * @param <R> the answer's type
   */
  public record Saved<R>(String requestId, R reply) {}

  /** Checks the size. */
  public ReplyCache {
    if (sizeMax < 1) {
      throw new IllegalArgumentException("expected a size of at least one, got: " + sizeMax);
    }
    saved = List.copyOf(saved);
  }

  /** A cache without answers. */
  public static <R> ReplyCache<R> ofSize(int sizeMax) {
    return new ReplyCache<>(sizeMax, List.of());
  }

  /** The answer that {@code requestId} got, if it is still kept. */
  public Optional<R> find(String requestId) {
    for (int i = saved.size() - 1; i >= 0; i--) {
      if (saved.get(i).requestId().equals(requestId)) {
        return Optional.of(saved.get(i).reply());
      }
    }
    return Optional.empty();
  }

  /** With one more answer; the first answer to a request stays. */
  public ReplyCache<R> with(String requestId, R reply) {
    if (find(requestId).isPresent()) {
      return this;
    }
    var more = new ArrayList<>(saved);
    if (more.size() == sizeMax) {
      more.removeFirst();
    }
    more.add(new Saved<>(requestId, reply));
    return new ReplyCache<>(sizeMax, more);
  }
}
