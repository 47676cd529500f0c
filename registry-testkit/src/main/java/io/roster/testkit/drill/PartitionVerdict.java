package io.roster.testkit.drill;

import io.roster.testkit.report.JsonLine;
import java.util.List;
import java.util.OptionalLong;

/**
 * What the checker found. Immutable.
 *
 * @param nodes how many nodes there were
 * @param names every name that should exist at the end
 * @param conflicts names that more than one claim stood for when the cut ended
 * @param losers claims that had to give way, two for a name claimed on three sides
 * @param losersTold those of them that were told, once
 * @param one names with one owner, the same everywhere
 * @param none names that a replica lacks, or whose owner is dead
 * @param many names with more than one owner
 * @param removedBack names that were given up and are there again
 * @param replicasEqual whether every node's replica is the same
 * @param detectMs milliseconds from the cut to when every node had seen every node of the other
 *     sides go; empty if that never happened
 * @param healMs milliseconds from the end of the cut to when all replicas agreed on one owner each;
 *     empty if that never happened
 * @param complaints every reason why the verdict is not pass, for people
 */
public record PartitionVerdict(
    int nodes,
    int names,
    int conflicts,
    int losers,
    int losersTold,
    int one,
    int none,
    int many,
    int removedBack,
    boolean replicasEqual,
    OptionalLong detectMs,
    OptionalLong healMs,
    List<String> complaints) {

  /** Copies the complaints. */
  public PartitionVerdict {
    complaints = List.copyOf(complaints);
  }

  /** Whether there is nothing to complain of. */
  public boolean isPass() {
    return complaints.isEmpty();
  }

  /** The verdict as one line of JSON. */
  public String toJson() {
    return new JsonLine()
        .put("verdict", isPass() ? "pass" : "fail")
        .put("nodes", nodes)
        .put("names", names)
        .put("conflicts", conflicts)
        .put("losers", losers)
        .put("losersTold", losersTold)
        .put("one", one)
        .put("none", none)
        .put("many", many)
        .put("removedBack", removedBack)
        .put("replicasEqual", replicasEqual)
        .put("detectMs", detectMs)
        .put("healMs", healMs)
        .toString();
  }
}
