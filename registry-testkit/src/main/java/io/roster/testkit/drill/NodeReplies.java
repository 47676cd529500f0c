package io.roster.testkit.drill;

import io.roster.testkit.agent.AgentLine;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** Questions to agents that wait for their answers. Thread-safe. */
final class NodeReplies {

  private final AtomicInteger requests = new AtomicInteger();
  private final Map<Integer, CompletableFuture<AgentLine>> waiting = new ConcurrentHashMap<>();

  /**
   * A question that has been given a number.
   *
   * @param id the number, by which the answer is known
   * @param answer comes with the answer
   */
  record Question(int id, CompletableFuture<AgentLine> answer) {}

  Question ask() {
    int id = requests.incrementAndGet();
    var answer = new CompletableFuture<AgentLine>();
    waiting.put(id, answer);
    return new Question(id, answer);
  }

  /** Takes an answer, whose first word is the question's number. */
  void on(AgentLine answer) {
    var question = waiting.remove(answer.number(0));
    if (question != null) {
      question.complete(answer);
    }
  }

  AgentLine await(Question question, Duration within, String who) throws InterruptedException {
    try {
      return question.answer().get(within.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      waiting.remove(question.id());
      throw new IllegalStateException(
          "%s: no answer within %d s".formatted(who, within.toSeconds()), e);
    }
  }
}
