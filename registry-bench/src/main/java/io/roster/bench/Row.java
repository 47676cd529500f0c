package io.roster.bench;

import org.jspecify.annotations.Nullable;

/**
 * A measured work beside its peer. The components are the keys of the JSON form. Immutable.
 *
 * @param work its title
 * @param unit its unit's symbol
 * @param ours our figure
 * @param peer the peer's name
 * @param theirs the peer's figure, or null where the peer is not installed
 * @param ratio the factor by which ours is better, or null without the peer
 * @param goal the ratio to reach, or null if there is none
 * @param met whether it was reached, or null without a goal or the peer
 */
public record Row(
    String work,
    String unit,
    double ours,
    String peer,
    @Nullable Double theirs,
    @Nullable Double ratio,
    @Nullable Double goal,
    @Nullable Boolean met) {

  static Row of(Work work, double ours, String peer, @Nullable Double theirs) {
    Double goal = work.goal().isPresent() ? work.goal().getAsDouble() : null;
    Double ratio = theirs == null ? null : work.unit().ratio(ours, theirs);
    Boolean met = (ratio == null || goal == null) ? null : ratio >= goal;
    return new Row(work.title(), work.unit().symbol(), ours, peer, theirs, ratio, goal, met);
  }
}
