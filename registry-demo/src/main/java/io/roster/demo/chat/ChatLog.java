package io.roster.demo.chat;

import java.util.ArrayList;
import java.util.List;

/**
 * What a room holds, and its one rule: posts are applied in the order of their numbers, each once.
 * Confined to the room's process.
 *
 * <p>Entries are kept in place rather than copied: a copy for every post would make a long room
 * cost the square of its length.
 */
public final class ChatLog {

  private final long moves;
  private final List<ChatEntry> entries;
  private ChatDigest digest;

  private ChatLog(List<ChatEntry> entries, long moves) {
    this.moves = moves;
    this.entries = new ArrayList<>(entries.size());
    this.digest = ChatDigest.EMPTY;
    entries.forEach(this::append);
  }

  static ChatLog empty() {
    return new ChatLog(List.of(), 0);
  }

  /** The log of a room that came here with these entries, after so many moves. */
  static ChatLog of(List<ChatEntry> entries, long moves) {
    return new ChatLog(entries, moves);
  }

  PostOutcome post(ChatEntry entry) {
    long next = entries.size() + 1L;
    if (entry.sequence() == next) {
      append(entry);
      return new PostOutcome.Applied(next);
    }
    if (entry.sequence() < 1 || entry.sequence() > next) {
      return new PostOutcome.OutOfSequence(next, entry.sequence());
    }
    return entries.get((int) entry.sequence() - 1).equals(entry)
        ? new PostOutcome.Repeated(entry.sequence())
        : new PostOutcome.Conflicting(entry.sequence());
  }

  /** At most {@code max} entries from number {@code first} on. */
  List<ChatEntry> read(long first, int max) {
    int from = Math.clamp(first - 1, 0, entries.size());
    int to = Math.min(entries.size(), from + Math.max(0, max));
    return List.copyOf(entries.subList(from, to));
  }

  List<ChatEntry> entries() {
    return List.copyOf(entries);
  }

  long moves() {
    return moves;
  }

  int count() {
    return entries.size();
  }

  ChatDigest digest() {
    return digest;
  }

  private void append(ChatEntry entry) {
    entries.add(entry);
    digest = digest.then(entry.user(), entry.text());
  }
}
