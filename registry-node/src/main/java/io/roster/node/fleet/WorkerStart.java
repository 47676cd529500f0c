package io.roster.node.fleet;

import io.roster.core.identity.Pid;
import java.util.Optional;
import java.util.Set;

/** What became of the wish for a worker. Immutable. */
public sealed interface WorkerStart {

  /**
   * It runs.
   *
   * @param pid its process, on whatever node
   */
  record Started(Pid pid) implements WorkerStart {}

  /**
   * It was wished for before, and the earlier wish stands.
   *
   * @param workerType of the earlier wish
   * @param pid its process; empty while it does not run
   */
  record AlreadyWanted(String workerType, Optional<Pid> pid) implements WorkerStart {}

  /** Its {@code init} chose not to run; it is no longer wished for. */
  record Ignored() implements WorkerStart {}

  /**
   * Its first {@code init} failed; it is no longer wished for.
   *
   * @param reason why, for people
   */
  record Failed(String reason) implements WorkerStart {}

  /**
   * No such type is registered on this node; nothing was wished for.
   *
   * @param workerType what was asked for
   * @param known what is registered
   */
  record UnknownType(String workerType, Set<String> known) implements WorkerStart {}

  /**
   * The arguments cannot be written; nothing was wished for.
   *
   * @param reason why, for people
   */
  record BadArguments(String reason) implements WorkerStart {}

  /**
   * Nothing was heard of it in time. The wish stands: it will run as soon as some node can run it.
   *
   * @param reason what was waited for
   */
  record Pending(String reason) implements WorkerStart {}

  /**
   * The process.
   *
   * @throws IllegalStateException if it does not run
   */
  default Pid orElseThrow() {
    return switch (this) {
      case Started(Pid pid) -> pid;
      case AlreadyWanted _, Ignored _, Failed _, UnknownType _, BadArguments _, Pending _ ->
          throw new IllegalStateException("worker does not run: " + this);
    };
  }
}
