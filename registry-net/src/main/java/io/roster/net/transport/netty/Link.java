package io.roster.net.transport.netty;

import io.roster.core.identity.NodeId;
import io.roster.net.transport.Lane.Control;
import io.roster.net.transport.Lane.Data;
import io.roster.net.transport.netty.OfferRule.Present;
import io.roster.net.transport.netty.OfferRule.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The connections to one start of a peer. What is not marked otherwise is confined to the table's
 * thread; {@link #lane} may be asked by any thread once the link is up.
 */
final class Link {

  private final long id;
  private final boolean dialledHere;
  private final @Nullable Lane[] lanes;
  private NodeId peer;
  private State state = State.MAKING;
  private boolean greeted;
  private int silentBeats;

  private Link(long id, boolean dialledHere, NodeId peer, int lanes) {
    this.id = id;
    this.dialledHere = dialledHere;
    this.peer = peer;
    this.lanes = new Lane[lanes];
  }

  /** A link that this node dials. */
  static Link dialled(long id, NodeId expected, int lanes) {
    return new Link(id, true, expected, lanes);
  }

  /** A link that the peer dialled. */
  static Link taken(long id, NodeId peer, int lanes) {
    return new Link(id, false, peer, lanes);
  }

  long id() {
    return id;
  }

  NodeId peer() {
    return peer;
  }

  /** The start that answered, which may be later than the one that was dialled. */
  void answeredBy(NodeId peer) {
    this.peer = peer;
  }

  int laneCount() {
    return lanes.length;
  }

  boolean dialledHere() {
    return dialledHere;
  }

  State state() {
    return state;
  }

  void enter(State state) {
    this.state = state;
  }

  void greeted() {
    greeted = true;
  }

  /** Adds a lane; false if there is one already or the link is not in the making. */
  boolean add(int index, Lane lane) {
    if (state != State.MAKING || index >= lanes.length || lanes[index] != null) {
      return false;
    }
    lanes[index] = lane;
    return true;
  }

  boolean isComplete() {
    for (Lane lane : lanes) {
      if (lane == null) {
        return false;
      }
    }
    return true;
  }

  /** The lanes that there are. */
  List<Lane> lanes() {
    var present = new ArrayList<Lane>();
    for (Lane lane : lanes) {
      if (lane != null) {
        present.add(lane);
      }
    }
    return present;
  }

  /** The lane for {@code kind}. Any thread, once the link is up. */
  Lane lane(io.roster.net.transport.Lane kind) {
    int index =
        switch (kind) {
          case Control() -> 0;
          // Serials of one application are often all even or all odd; mixing spreads them.
          case Data(long key) -> 1 + (int) Math.floorMod(mix(key), (long) lanes.length - 1);
        };
    var lane = lanes[index];
    if (lane == null) {
      throw new IllegalStateException("invariant: a link that is up has all its lanes");
    }
    return lane;
  }

  private static long mix(long key) {
    long mixed = key * 0x9e3779b97f4a7c15L;
    return mixed ^ (mixed >>> 32);
  }

  /** How many beats have passed without a word on the control lane, this one included. */
  int countBeat() {
    var control = lanes[0];
    silentBeats = control == null || control.takeHeard() ? 0 : silentBeats + 1;
    return silentBeats;
  }

  /** How this link looks to the rule that judges offers. */
  Optional<Present> present() {
    Stage stage =
        switch (state) {
          case MAKING -> {
            if (!dialledHere) {
              yield Stage.TAKEN;
            }
            yield greeted ? Stage.DIALLED : Stage.UNANSWERED;
          }
          case UP, CLOSING -> dialledHere ? Stage.UP : Stage.TAKEN;
        };
    return Optional.of(new Present(peer, id, stage));
  }

  @Override
  public String toString() {
    return (dialledHere ? "link to " : "link from ") + peer;
  }

  enum State {
    MAKING,
    UP,
    CLOSING
  }
}
