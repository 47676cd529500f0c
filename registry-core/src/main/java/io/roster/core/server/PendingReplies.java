package io.roster.core.server;

import io.roster.core.process.ProcessSystem;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Questions that wait for their answers, taken in the order in which these come. Confined to the
 * one who asks.
 *
 * @param <L> what tells one question from another
 * @param <R> the answers
 * @see <a href="https://www.erlang.org/doc/apps/stdlib/gen_server.html#reqids_add/3">request
 *     collections</a>
 */
public final class PendingReplies<L, R> {

  private final ProcessSystem system;
  private final LinkedBlockingQueue<Answer<L, R>> answers = new LinkedBlockingQueue<>();
  private final Map<L, PendingReply<R>> open = new HashMap<>();

  /**
   * An answer.
   *
   * @param label which question's
   * @param result the answer
   * @param <L> the label's type
   * @param <R> the reply's type
   */
  public record Answer<L, R>(L label, CallResult<R> result) {}

  /** No questions yet. */
  public PendingReplies(ProcessSystem system) {
    this.system = system;
  }

  /**
   * Adds a question.
   *
   * @throws IllegalArgumentException if one with this label is open
   */
  public void add(L label, PendingReply<R> reply) {
    if (open.putIfAbsent(label, reply) != null) {
      throw new IllegalArgumentException("expected labels that differ, got twice: " + label);
    }
    reply.whenDone(result -> answers.add(new Answer<>(label, result)));
  }

  /** How many questions are open, their answer not taken. */
  public int size() {
    return open.size();
  }

  /**
   * Takes the next answer, waiting for it.
   *
   * @return empty if none came within {@code timeout}, or nothing is open; the questions stay open
   */
  public Optional<Answer<L, R>> next(Duration timeout) {
    if (open.isEmpty()) {
      return Optional.empty();
    }
    try {
      Answer<L, R> answer = answers.poll(timeout.toNanos(), TimeUnit.NANOSECONDS);
      if (answer != null) {
        open.remove(answer.label);
      }
      return Optional.ofNullable(answer);
    } catch (InterruptedException e) {
      throw system.interrupted("waiting for replies");
    }
  }

  /** Gives up whatever is open. */
  public void cancel() {
    open.values().forEach(PendingReply::cancel);
    open.clear();
    answers.clear();
  }
}
