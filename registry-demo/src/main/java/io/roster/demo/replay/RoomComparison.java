package io.roster.demo.replay;

import io.roster.demo.chat.ChatDigest;
import io.roster.demo.chat.ChatEntry;
import io.roster.demo.input.ChatPost;
import java.util.HashMap;
import java.util.List;

/**
 * What one room holds, held against what was acknowledged to the client. Immutable.
 *
 * @param lost acknowledged posts that the room does not hold, or holds with another content
 * @param duplicated entries that repeat a number that the room holds already
 * @param outOfOrder entries that come after one with a higher number
 */
public record RoomComparison(int lost, int duplicated, int outOfOrder) {

  /** Nothing to complain of. */
  public static final RoomComparison FLAWLESS = new RoomComparison(0, 0, 0);

  /** The digest of a room that holds exactly the first {@code count} of these posts. */
  public static ChatDigest digest(List<ChatPost> posts, int count) {
    var digest = ChatDigest.EMPTY;
    for (var post : posts.subList(0, count)) {
      digest = digest.then(post.user(), post.text());
    }
    return digest;
  }

  /**
   * Compares entry by entry.
   *
   * @param posts the room's part of the input
   * @param acknowledged how many of them, from the first on, were acknowledged
   * @param held what the room holds, in its order
   */
  public static RoomComparison of(List<ChatPost> posts, int acknowledged, List<ChatEntry> held) {
    var byNumber = new HashMap<Long, ChatEntry>();
    int duplicated = 0;
    int outOfOrder = 0;
    long highest = 0;
    for (var entry : held) {
      if (byNumber.putIfAbsent(entry.sequence(), entry) != null) {
        duplicated++;
      } else if (entry.sequence() < highest) {
        outOfOrder++;
      }
      highest = Math.max(highest, entry.sequence());
    }
    int lost = 0;
    for (int number = 1; number <= acknowledged; number++) {
      var post = posts.get(number - 1);
      var expected = new ChatEntry(number, post.user(), post.text());
      if (!expected.equals(byNumber.get((long) number))) {
        lost++;
      }
    }
    return new RoomComparison(lost, duplicated, outOfOrder);
  }

  /** Both together. */
  public RoomComparison plus(RoomComparison other) {
    return new RoomComparison(
        lost + other.lost, duplicated + other.duplicated, outOfOrder + other.outOfOrder);
  }

  /** Whether nothing is lost, duplicated or out of order. */
  public boolean isFlawless() {
    return equals(FLAWLESS);
  }
}
