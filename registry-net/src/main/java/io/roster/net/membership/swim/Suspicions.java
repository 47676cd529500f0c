package io.roster.net.membership.swim;

import io.roster.core.identity.NodeName;
import io.roster.net.membership.Member;
import io.roster.net.membership.MemberState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The suspicions that run here: who is suspected, by whom, and until when. Each accuser that counts
 * is passed on.
 */
final class Suspicions {

  private final Context context;
  private final Echo echo;
  private final Map<NodeName, Suspicion> running = new LinkedHashMap<>();
  private int expectedConfirmations;

  Suspicions(Context context, Echo echo) {
    this.context = context;
    this.echo = echo;
  }

  /** A suspicion begins, in place of any of an earlier version. */
  void begin(Member suspect, List<NodeName> accusers) {
    int accusersMax = 1 + context.options.suspicion().confirmations();
    var suspicion = new Suspicion(context.nowNanos, accusersMax, accusers);
    running.put(suspect.id().name(), suspicion);
    pass(suspect, suspicion);
    plan(suspect.id().name(), suspicion);
  }

  /** Others accuse a suspect of the same. */
  void confirm(Member suspect, List<NodeName> accusers) {
    var suspicion = running.get(suspect.id().name());
    if (suspicion != null && suspicion.confirm(accusers)) {
      pass(suspect, suspicion);
      plan(suspect.id().name(), suspicion);
    }
  }

  /**
   * Nobody of that name is suspected any more.
   *
   * @return who had accused it, if a suspicion ran
   */
  List<NodeName> end(NodeName name) {
    var suspicion = running.remove(name);
    return suspicion == null ? List.of() : suspicion.accusers();
  }

  /**
   * Whether the time of a suspect is up; but nobody is buried by who does not hear itself. Where it
   * is not, that is asked again in time.
   */
  boolean expired(NodeName name) {
    var suspicion = running.get(name);
    if (suspicion == null) {
      return false;
    }
    if (deadline(suspicion) > context.nowNanos) {
      plan(name, suspicion);
      return false;
    }
    var probes = context.options.probes();
    if (echo.hearsSince(context.nowNanos - probes.interval().toNanos())) {
      return true;
    }
    echo.ask();
    context.after(probes.timeout().dividedBy(4), new Agenda.Alarm.SuspicionOver(name));
    return false;
  }

  /** Time in which this node heard nothing, itself included, is given back to every suspect. */
  void giveBack(long nanos) {
    running.forEach(
        (name, suspicion) -> {
          suspicion.prolong(nanos, context.nowNanos);
          plan(name, suspicion);
        });
  }

  /** Suspicions whose confirmations can now come from fewer or more members change their time. */
  void reconsider() {
    int expected = expectedConfirmations();
    if (expected != expectedConfirmations) {
      expectedConfirmations = expected;
      running.forEach(this::plan);
    }
  }

  /** The name that has been suspected for longest, if any is. */
  Optional<NodeName> oldest() {
    return running.keySet().stream().findFirst();
  }

  int size() {
    return running.size();
  }

  private void pass(Member suspect, Suspicion suspicion) {
    context.spread(
        new Rumor.Accused(
            suspect.id(), suspect.version(), MemberState.SUSPECT, suspicion.accusers()));
  }

  private void plan(NodeName name, Suspicion suspicion) {
    context.agenda.at(deadline(suspicion), new Agenda.Alarm.SuspicionOver(name));
  }

  private long deadline(Suspicion suspicion) {
    var options = context.options;
    long min =
        options.suspicion().least(context.table.upCount(), options.probes().interval()).toNanos();
    return suspicion.deadlineNanos(
        expectedConfirmations(), min, options.suspicion().maxMultiplier() * min);
  }

  /** Confirmations are asked only of as many members as can still give one. */
  private int expectedConfirmations() {
    // Whoever is trusted and this node itself could accuse; one of them has.
    return Math.min(context.options.suspicion().confirmations(), context.table.trustedCount());
  }
}
