package io.roster.demo.input;

/**
 * One line of the input. Immutable.
 *
 * @param room where it is said
 * @param user who says it
 * @param text what is said
 */
public record ChatPost(String room, String user, String text) {}
