package io.roster.node.names.protocol;

import io.roster.node.names.claim.Claim;

/** A number for a claim, the same on every node, such that sums of them tell tables apart. */
final class ClaimHash {

  private ClaimHash() {}

  static long of(Claim claim) {
    long hash = claim.name().value().hashCode();
    hash = mix(hash ^ claim.id().node().incarnation());
    hash = mix(hash ^ claim.id().number());
    hash = mix(hash ^ claim.epoch());
    return mix(hash ^ claim.owner().serial());
  }

  /** The finaliser of SplitMix64. */
  private static long mix(long value) {
    long z = value + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
