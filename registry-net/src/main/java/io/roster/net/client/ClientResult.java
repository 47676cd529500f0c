package io.roster.net.client;

import java.util.function.Function;

/**
 * How a client's question ended. Immutable.
 *
 * @param <R> the answer
 */
public sealed interface ClientResult<R> {

  /**
   * With an answer.
   *
   * @param value the answer
   * @param <R> its type
   */
  record Answered<R>(R value) implements ClientResult<R> {}

  /**
   * Without one.
   *
   * @param failure why
   * @param <R> the answer's type
   */
  record Failed<R>(ClientFailure failure) implements ClientResult<R> {}

  /** A question that has no answer. */
  static <R> ClientResult<R> failed(ClientFailure failure) {
    return new Failed<>(failure);
  }

  /** Returns the answer, or throws {@link ClientException} that carries the failure. */
  default R orElseThrow() {
    return switch (this) {
      case Answered<R>(R value) -> value;
      case Failed<R>(ClientFailure failure) -> throw new ClientException(failure);
    };
  }

  /** The same with another answer. */
  default <T> ClientResult<T> map(Function<? super R, ? extends T> change) {
    return switch (this) {
      case Answered<R>(R value) -> new Answered<>(change.apply(value));
      case Failed<R>(ClientFailure failure) -> failed(failure);
    };
  }
}
