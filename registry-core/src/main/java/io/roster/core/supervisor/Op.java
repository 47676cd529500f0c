package io.roster.core.supervisor;

import io.roster.core.identity.Pid;
import io.roster.core.process.StartResult;
import io.roster.core.server.ReplyTo;
import java.util.List;
import java.util.Optional;

/** What a supervisor is asked, and what it tells itself. Immutable. */
sealed interface Op {

  record StartChild(ChildSpec spec, ReplyTo<ChildResult> replyTo) implements Op {}

  record TerminateChild(String id, ReplyTo<ChildResult> replyTo) implements Op {}

  record TerminateProcess(Pid pid, ReplyTo<ChildResult> replyTo) implements Op {}

  record RestartChild(String id, ReplyTo<ChildResult> replyTo) implements Op {}

  record DeleteChild(String id, ReplyTo<ChildResult> replyTo) implements Op {}

  record ListChildren(ReplyTo<List<ChildInfo>> replyTo) implements Op {}

  record CountChildren(ReplyTo<ChildCounts> replyTo) implements Op {}

  record FindPartitions(ReplyTo<Optional<Partitions>> replyTo) implements Op {}

  /** The start of a child has ended; {@code turn} tells which start. */
  record StartEnded(Child child, long turn, StartResult<?> result) implements Op {}

  /** The pause before the next attempt is over. */
  record TryAgain(Child child, long turn) implements Op {}

  /** A child that stands by is to see whether its name is free. */
  record LookAtName(Child child, long turn) implements Op {}

  /** A child has had its time to stop. */
  record KillLate(Child child, long turn) implements Op {}
}
