package io.roster.testkit.drill;

import java.util.ArrayList;
import java.util.List;

/**
 * What is done to names before and during a cut. Immutable; the same split and count give the same
 * workload.
 *
 * @param before claims before the cut, one for each name
 * @param removals those of them that are given up during the cut, each on its own node
 * @param fresh claims of names that one side alone takes during the cut
 * @param contested claims of new names that every side takes during the cut
 * @param takeOvers claims during the cut of names that a process of another side holds
 * @param rivals claims during the cut of contested names by a second node of the same side, which
 *     that side must deny
 */
public record PartitionWorkload(
    List<Claim> before,
    List<Claim> removals,
    List<Claim> fresh,
    List<Claim> contested,
    List<Claim> takeOvers,
    List<Claim> rivals) {

  /** Copies the lists. */
  public PartitionWorkload {
    before = List.copyOf(before);
    removals = List.copyOf(removals);
    fresh = List.copyOf(fresh);
    contested = List.copyOf(contested);
    takeOvers = List.copyOf(takeOvers);
    rivals = List.copyOf(rivals);
  }

  /**
   * A workload of all kinds: of every ten names one is removed and one is taken over, each side
   * takes a tenth as many new ones, and a quarter as many again are contested.
   */
  public static PartitionWorkload of(Split split, int names) {
    if (names < 1) {
      throw new IllegalArgumentException("expected at least one name, got: " + names);
    }
    return new Builder(split).build(names);
  }

  /** Numbers the claims. */
  private static final class Builder {

    private final Split split;
    private int claims;

    Builder(Split split) {
      this.split = split;
    }

    PartitionWorkload build(int names) {
      var before = new ArrayList<Claim>();
      for (int i = 0; i < names; i++) {
        before.add(claim("before-%04d".formatted(i), i % split.nodes() + 1));
      }
      int tenth = Math.max(1, names / 10);
      var removals = new ArrayList<Claim>();
      var takeOvers = new ArrayList<Claim>();
      for (int i = 0; i < tenth && 10 * i + 3 < names; i++) {
        /* Steps of seven and three meet every node whatever the number of nodes, and never meet. */
        removals.add(before.get(10 * i + i % 3));
        takeOvers.addAll(takeOver(before.get(10 * i + 3 + i % 7)));
      }
      var contested = new ArrayList<Claim>();
      var rivals = new ArrayList<Claim>();
      for (int i = 0; i < (names + 3) / 4; i++) {
        var name = "contested-%04d".formatted(i);
        for (int side = 0; side < split.sides().size(); side++) {
          contested.add(claim(name, split.nodeOf(side, i)));
          if (i % 5 == 0 && split.sides().get(side).size() > 1) {
            rivals.add(claim(name, split.nodeOf(side, i + 1)));
          }
        }
      }
      return new PartitionWorkload(before, removals, fresh(tenth), contested, takeOvers, rivals);
    }

    private List<Claim> fresh(int perSide) {
      var fresh = new ArrayList<Claim>();
      for (int i = 0; i < perSide; i++) {
        for (int side = 0; side < split.sides().size(); side++) {
          fresh.add(claim("side-%d-%04d".formatted(side + 1, i), split.nodeOf(side, i)));
        }
      }
      return fresh;
    }

    private List<Claim> takeOver(Claim held) {
      var claims = new ArrayList<Claim>();
      for (int side = 0; side < split.sides().size(); side++) {
        if (side != split.sideOf(held.node())) {
          claims.add(claim(held.name(), split.nodeOf(side, held.id())));
        }
      }
      return claims;
    }

    private Claim claim(String name, int node) {
      return new Claim(++claims, name, node);
    }
  }
}
