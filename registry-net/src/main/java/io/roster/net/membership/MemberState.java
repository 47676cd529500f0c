package io.roster.net.membership;

/** What is believed of a member. */
public enum MemberState {
  /** It answers. */
  ALIVE,
  /** It did not answer lately and has some time left to say so. */
  SUSPECT,
  /** It is taken to have failed, and is tried again for a day. */
  DEAD,
  /** It said goodbye. Only a higher incarnation brings it back. */
  LEFT
}
