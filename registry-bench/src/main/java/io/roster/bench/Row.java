package io.roster.bench;

import org.jspecify.annotations.Nullable;

/**
 * A measured work beside a peer. Immutable.
 *
 * @param work its title
 * @param unit its unit's symbol
 * @param ours our figure, or null if measuring failed
 * @param peer the peer's name, or null where there is none
 * @param theirs the peer's figure, or null without one
 * @param ratio the factor by which ours is better, or null without the peer's
 * @param goal what was to be reached
 * @param met whether it was, or null where that cannot be said
 */
public record Row(
    String work,
    String unit,
    @Nullable Double ours,
    @Nullable String peer,
    @Nullable Double theirs,
    @Nullable Double ratio,
    Goal goal,
    @Nullable Boolean met) {

  static Row of(Work work, Comparison comparison, @Nullable Double ours, @Nullable Double theirs) {
    Peer peer = comparison.peer();
    Double ratio = ours == null || theirs == null ? null : work.unit().ratio(ours, theirs);
    return new Row(
        work.title(),
        work.unit().symbol(),
        ours,
        peer == null ? null : peer.title(),
        theirs,
        ratio,
        comparison.goal(),
        comparison.goal().isMet(ours, ratio));
  }
}
