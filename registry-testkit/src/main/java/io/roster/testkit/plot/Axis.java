package io.roster.testkit.plot;

/**
 * One axis of a plot. Immutable.
 *
 * @param label what it shows, with its unit: {@code seconds}, {@code bytes a second}
 * @param scale where values lie on it
 */
public record Axis(String label, Scale scale) {}
