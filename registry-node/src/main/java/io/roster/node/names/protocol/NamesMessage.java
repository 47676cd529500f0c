package io.roster.node.names.protocol;

import io.roster.core.identity.Pid;
import io.roster.core.identity.ProcessName;
import io.roster.core.naming.Registration;
import io.roster.node.names.claim.Claim;
import io.roster.node.names.claim.RegistrationId;
import java.util.List;

/**
 * What nodes tell one another about names, in order over one link. Any message may be lost: all are
 * told again in time. Immutable.
 */
public sealed interface NamesMessage {

  /**
   * Where the sender's own stream stands. Sent when a link comes up, when a member does, and at
   * intervals.
   *
   * @param sequence how many changes the stream has had
   * @param hash a sum over the claims that the sender holds
   * @param answer whether the sender wants the same of the receiver
   */
  record Digest(long sequence, long hash, boolean answer) implements NamesMessage {}

  /**
   * The sender lacks what came after {@code sequence} of the receiver's stream.
   *
   * @param sequence the last change that it has, or zero for none
   */
  record Want(long sequence) implements NamesMessage {}

  /**
   * The next changes of the sender's stream.
   *
   * @param after the number of the change before the first
   * @param changes the changes, in order
   */
  record Delta(long after, List<Change> changes) implements NamesMessage {}

  /**
   * A part of everything that the sender holds at one moment of its stream.
   *
   * @param sequence that moment
   * @param part counts from zero
   * @param parts how many there are
   * @param claims the claims of this part
   */
  record Snapshot(long sequence, int part, int parts, List<Claim> claims) implements NamesMessage {}

  /**
   * Do these registrations of the receiver's stand? Asked before a name that seems taken is refused
   * or taken over.
   *
   * @param registrations which ones
   */
  record Verify(List<Registered> registrations) implements NamesMessage {}

  /**
   * The answer to {@link Verify}.
   *
   * @param registrations those asked for
   * @param standing whether each stands
   */
  record Verified(List<Registered> registrations, List<Boolean> standing) implements NamesMessage {}

  /**
   * The sender holds claims that would give way to claims of the receiver, if those stand.
   *
   * @param disputes the claims
   */
  record Contest(List<Dispute> disputes) implements NamesMessage {}

  /**
   * The answer to {@link Contest}: the receiver's registration gives way to the winner.
   *
   * @param verdicts one for each claim that was contested and is decided
   */
  record Verdicts(List<Verdict> verdicts) implements NamesMessage {}

  /**
   * Asks the node of {@code to} to take a name over for it.
   *
   * @param request the sender's number for the answer
   * @param name the name
   * @param from who holds it now
   * @param to who shall hold it
   */
  record TransferRequest(long request, ProcessName name, Pid from, Pid to)
      implements NamesMessage {}

  /**
   * The answer to {@link TransferRequest}.
   *
   * @param request the number in the request
   * @param registration what became of it
   */
  record TransferAnswer(long request, Registration registration) implements NamesMessage {}

  /**
   * A registration of a name.
   *
   * @param name the name
   * @param id the registration
   */
  record Registered(ProcessName name, RegistrationId id) {}

  /**
   * A claim that would give way.
   *
   * @param claim the sender's claim
   * @param rival the receiver's registration of the same name
   */
  record Dispute(Claim claim, RegistrationId rival) {}

  /**
   * How a dispute ends.
   *
   * @param name the name
   * @param contested the registration that was contested
   * @param rival the registration that it was contested for
   * @param winner the rival's claim, or nothing if it does not stand any more
   */
  record Verdict(
      ProcessName name,
      RegistrationId contested,
      RegistrationId rival,
      java.util.Optional<Claim> winner) {}
}
