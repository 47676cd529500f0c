package io.roster.bench;

import org.jspecify.annotations.Nullable;

/**
 * What a figure is held against. Immutable.
 *
 * @param peer who does the same work, or null where nobody else does
 * @param key what the peer's program calls the work
 * @param goal what is to be reached
 */
public record Comparison(@Nullable Peer peer, String key, Goal goal) {}
