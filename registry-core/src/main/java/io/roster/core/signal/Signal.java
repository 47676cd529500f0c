package io.roster.core.signal;

import io.roster.core.identity.Destination;
import io.roster.core.identity.Pid;
import io.roster.core.identity.Ref;

/**
 * What can arrive at a process. Immutable.
 *
 * <p>Signals of one sender to one receiver keep their order, whatever their kind.
 *
 * @see <a href="https://www.erlang.org/doc/system/ref_man_processes.html#signals">signals</a>
 */
public sealed interface Signal {

  /**
   * A message of the user's.
   *
   * @param body what was sent
   */
  record Message(Object body) implements Signal {}

  /**
   * A request to end, or the news that a linked process ended.
   *
   * @param from who sent it, or the linked process
   * @param reason why
   * @param byLink whether it came over a link: then it can be trapped whatever the reason
   */
  record Exit(Pid from, ExitReason reason, boolean byLink) implements Signal {}

  /**
   * A link from {@code from} to the receiver.
   *
   * @param from the process that made the link
   */
  record Link(Pid from) implements Signal {}

  /**
   * The end of a link, to be acknowledged by {@link Unlinked}.
   *
   * @param from the process that ended it
   * @param id tells this end from others of the same two processes
   */
  record Unlink(Pid from, long id) implements Signal {}

  /**
   * An {@link Unlink} was heard: whatever {@code from} sends from here on knows of it.
   *
   * @param from the process that was unlinked
   * @param id the id of that unlink
   */
  record Unlinked(Pid from, long id) implements Signal {}

  /**
   * A wish to hear of the receiver's end: a {@link Down} then goes to {@code ref}'s node.
   *
   * @param ref the monitor
   */
  record Monitor(Ref ref) implements Signal {}

  /**
   * The end of that wish.
   *
   * @param ref the monitor
   */
  record Demonitor(Ref ref) implements Signal {}

  /**
   * A monitored process ended. Addressed to the node of {@code ref}.
   *
   * @param ref the monitor, which fires once
   * @param object what was monitored: the pid, or the name on a node as it was given
   * @param reason why it ended
   */
  record Down(Ref ref, Destination object, ExitReason reason) implements Signal {}
}
