package io.roster.demo.chat;

/**
 * A post as a room keeps it. Immutable.
 *
 * @param sequence its number in the room, from one
 * @param user who said it
 * @param text what was said
 */
public record ChatEntry(long sequence, String user, String text) {}
