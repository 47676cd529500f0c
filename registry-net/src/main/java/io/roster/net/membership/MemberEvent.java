package io.roster.net.membership;

/**
 * A change of the view. For each name and incarnation up and down alternate, and the down of an
 * earlier incarnation comes before the up of a later one. Immutable.
 */
public sealed interface MemberEvent {

  /** Who it is about, as known after the change. */
  Member member();

  /** The member joined, or came back from the dead. */
  record Up(Member member) implements MemberEvent {}

  /** The member failed, left, or was replaced by a later start: see its state. */
  record Down(Member member) implements MemberEvent {}

  /** The member is suspected to have failed; it still counts as up. */
  record Suspected(Member member) implements MemberEvent {}

  /** The suspicion is gone. */
  record Refuted(Member member) implements MemberEvent {}

  /** The member says something new of itself. */
  record Updated(Member member) implements MemberEvent {}
}
