package io.roster.core.supervisor;

/** What a child is, for counts and listings. */
public enum ChildType {
  /** It works. */
  WORKER,
  /** It supervises. */
  SUPERVISOR
}
