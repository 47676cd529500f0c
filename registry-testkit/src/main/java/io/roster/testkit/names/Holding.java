package io.roster.testkit.names;

import io.roster.core.identity.Pid;
import io.roster.core.identity.ProcessName;

/** One process of the simulation and its claim to one name. Confined to the simulation. */
public final class Holding {

  /** How far a claim has come. */
  public enum State {
    /** No answer yet. */
    WAITING,
    /** The name is its. */
    GRANTED,
    /** Refused, or nobody knows: the process has given up. */
    FAILED,
    /** It gave the name up, or its process ended by itself. */
    GIVEN_UP,
    /** It was told that it lost the name. */
    LOST,
    /** Its node is gone. */
    CRASHED
  }

  private final ProcessName name;
  private final Pid pid;
  private State state = State.WAITING;
  private int timesTold;

  Holding(ProcessName name, Pid pid) {
    this.name = name;
    this.pid = pid;
  }

  /** What it claims. */
  public ProcessName name() {
    return name;
  }

  /** Who claims it. */
  public Pid pid() {
    return pid;
  }

  /** How far it has come. */
  public State state() {
    return state;
  }

  /** How often it was told that it lost. */
  public int timesTold() {
    return timesTold;
  }

  void become(State next) {
    state = next;
  }

  void told() {
    timesTold++;
    state = State.LOST;
  }

  @Override
  public String toString() {
    return name + " by " + pid + " " + state + (timesTold > 0 ? " told " + timesTold : "");
  }
}
