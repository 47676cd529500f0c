package io.roster.core.supervisor;

import io.roster.core.identity.Pid;
import io.roster.core.process.ExitWatch;
import io.roster.core.process.PendingStart;
import io.roster.core.process.StartResult;
import io.roster.core.server.ReplyTo;
import io.roster.core.signal.ExitReason;
import io.roster.core.time.Timers.Scheduled;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One child and where it stands. Confined to its supervisor. */
final class Child {

  private final ChildSpec spec;

  /** Its neighbours in the order of starts; {@link Children} alone changes them. */
  @Nullable Child earlier;

  @Nullable Child later;

  /** Invariant: a process is known at most while it starts, runs or stops. */
  private @Nullable Pid pid;

  private ChildInfo.Status status = ChildInfo.Status.DOWN;

  /** Its last start, and the watch on the end of the process that it made. */
  private @Nullable PendingStart<?> start;

  private @Nullable ExitWatch watch;

  /** The process that ran last, by which it is known while it waits for a restart. */
  private @Nullable Pid former;

  /** Attempts to restart it that have failed since it last ran. */
  private int failures;

  /** Whether the present start follows an end that is to be made good. */
  private boolean restarted;

  /** Whether its first start has not ended yet: only with that is it a child to stay. */
  private boolean isNew = true;

  /** How the process ended whose start has not been told yet. */
  private @Nullable ExitReason earlyEnd;

  /** Tells this start, stop or pause from earlier ones of the same child. */
  private long turn;

  /** Who hears of the end of the present start or stop. */
  private List<ReplyTo<ChildResult>> waiting = List.of();

  private @Nullable Scheduled timer;

  /** Who had the name that it waits for; known until it runs. */
  private Optional<Pid> holder = Optional.empty();

  /** Done when it stands by for this holder no more. */
  private @Nullable Runnable letGo;

  Child(ChildSpec spec) {
    this.spec = spec;
  }

  ChildSpec spec() {
    return spec;
  }

  String id() {
    return spec.id();
  }

  ChildPolicy policy() {
    return spec.policy();
  }

  Optional<Pid> pid() {
    return Optional.ofNullable(pid);
  }

  Optional<Pid> former() {
    return Optional.ofNullable(former);
  }

  ChildInfo.Status status() {
    return status;
  }

  boolean is(ChildInfo.Status expected) {
    return status == expected;
  }

  long turn() {
    return turn;
  }

  int failures() {
    return failures;
  }

  void starting(PendingStart<?> begun, ExitWatch end) {
    earlyEnd = null;
    start = begun;
    watch = end;
    become(ChildInfo.Status.STARTING, begun.pid());
  }

  /** The process, if it is noted as starting and has started. */
  @Nullable Pid startedMeanwhile() {
    return status == ChildInfo.Status.STARTING
            && start != null
            && start.outcome().orElse(null) instanceof StartResult.Started<?>(Pid started, _)
        ? started
        : null;
  }

  /** Its start failed before there was a process; that is about to be told. */
  void startingInVain() {
    start = null;
    watch = null;
    become(ChildInfo.Status.STARTING, null);
  }

  void running(Pid started) {
    become(ChildInfo.Status.RUNNING, started);
    former = started;
    isNew = false;
    holder = Optional.empty();
    failures = 0;
    restarted = false;
  }

  void stopping(Pid running) {
    become(ChildInfo.Status.STOPPING, running);
  }

  void restarting() {
    become(ChildInfo.Status.RESTARTING, null);
  }

  /** It waits for its name, which {@code process} has as far as is known. */
  void standingBy(Optional<Pid> process) {
    if (!process.equals(holder)) {
      letGo();
    }
    restarted = false;
    failures = 0;
    holder = process;
    become(ChildInfo.Status.STANDING_BY, null);
  }

  Optional<Pid> holder() {
    return holder;
  }

  void whenNoLongerStandingBy(Runnable action) {
    letGo = action;
  }

  private void letGo() {
    Runnable action = letGo;
    letGo = null;
    if (action != null) {
      action.run();
    }
  }

  void down() {
    isNew = false;
    restarted = false;
    holder = Optional.empty();
    become(ChildInfo.Status.DOWN, null);
  }

  boolean isNew() {
    return isNew;
  }

  /** It is not tried again: the next start is a first attempt. */
  void giveUpRestarting() {
    failures = 0;
  }

  /** The next start is a restart: if it fails it is tried again. */
  void restarted() {
    restarted = true;
  }

  boolean wasRestarted() {
    return restarted;
  }

  void failedToRestart() {
    failures++;
  }

  /** Its process has ended before its start was told; the first reason counts. */
  void endedEarly(ExitReason reason) {
    if (earlyEnd == null) {
      earlyEnd = reason;
    }
  }

  /** Waits for the end of its process. */
  ExitWatch watch() {
    ExitWatch present = watch;
    if (present == null) {
      throw new IllegalStateException("invariant: a child with a process has a watch on it");
    }
    return present;
  }

  /**
   * Why its process has ended, if it has. Of a process that was gone when the watch began only the
   * link knows why, and its news is still to come.
   */
  Optional<ExitReason> end() {
    Optional<ExitReason> early = takeEarlyEnd();
    return early.isPresent()
        ? early
        : watch().reason().filter(reason -> !(reason instanceof ExitReason.NoProcess));
  }

  Optional<ExitReason> takeEarlyEnd() {
    Optional<ExitReason> taken = Optional.ofNullable(earlyEnd);
    earlyEnd = null;
    return taken;
  }

  private void become(ChildInfo.Status next, @Nullable Pid process) {
    status = next;
    pid = process;
    turn++;
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
    if (next != ChildInfo.Status.STANDING_BY) {
      letGo();
    }
  }

  /** A timer that ends with the present status. */
  void timed(Scheduled running) {
    timer = running;
  }

  void answerLater(ReplyTo<ChildResult> replyTo) {
    if (waiting.isEmpty()) {
      waiting = List.of(replyTo);
    } else {
      var more = new ArrayList<>(waiting);
      more.add(replyTo);
      waiting = more;
    }
  }

  /** Who hears of the end of the present start; never changed afterwards. */
  List<ReplyTo<ChildResult>> waiting() {
    return waiting;
  }

  /** Whoever waits has been told by another. */
  void answered() {
    waiting = List.of();
  }

  void answer(ChildResult result) {
    List<ReplyTo<ChildResult>> told = waiting;
    waiting = List.of();
    told.forEach(replyTo -> replyTo.reply(result));
  }

  ChildInfo info() {
    Optional<Pid> shown = is(ChildInfo.Status.STARTING) ? Optional.empty() : pid();
    return new ChildInfo(id(), shown, status, policy());
  }
}
