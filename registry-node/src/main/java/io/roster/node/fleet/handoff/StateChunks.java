package io.roster.node.fleet.handoff;

import com.google.common.hash.Hashing;
import com.google.protobuf.ByteString;
import io.roster.node.fleet.handoff.HandOffMessage.Chunk;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The pieces of a state that have arrived, in any order and any number of times. Immutable.
 *
 * @param count how many there are in all, zero while none has come
 * @param checksum of the whole state
 * @param pieces by index
 */
record StateChunks(int count, long checksum, Map<Integer, ByteString> pieces) {

  static final StateChunks NONE = new StateChunks(0, 0, Map.of());

  /** Cuts {@code state} into pieces of at most {@code chunkBytes}; an empty state is one piece. */
  static List<Chunk> cut(MoveId move, ByteString state, int chunkBytes) {
    int count = Math.max(1, Math.ceilDiv(state.size(), chunkBytes));
    long checksum = checksum(state);
    var chunks = new ArrayList<Chunk>(count);
    for (int i = 0; i < count; i++) {
      int from = i * chunkBytes;
      int to = Math.min(state.size(), from + chunkBytes);
      chunks.add(new Chunk(move, i, count, checksum, state.substring(from, to)));
    }
    return chunks;
  }

  /** With {@code chunk}; one of another snapshot begins anew, one out of range is left out. */
  StateChunks with(Chunk chunk) {
    if (chunk.index() < 0 || chunk.index() >= chunk.count()) {
      return this;
    }
    boolean same = count == chunk.count() && checksum == chunk.checksum();
    var more = new HashMap<>(same ? pieces : Map.<Integer, ByteString>of());
    more.put(chunk.index(), chunk.bytes());
    return new StateChunks(chunk.count(), chunk.checksum(), more);
  }

  boolean isComplete() {
    return count > 0 && pieces.size() == count;
  }

  /** The state, or empty if it is not what the source cut. */
  Optional<ByteString> join() {
    ByteString state = ByteString.EMPTY;
    for (int i = 0; i < count; i++) {
      state = state.concat(pieces.getOrDefault(i, ByteString.EMPTY));
    }
    return checksum(state) == checksum ? Optional.of(state) : Optional.empty();
  }

  private static long checksum(ByteString state) {
    return Hashing.murmur3_128().hashBytes(state.toByteArray()).asLong();
  }
}
