package io.roster.node.fleet.desired;

import com.google.common.hash.Hashing;
import com.google.protobuf.ByteString;
import io.roster.core.identity.NodeName;
import io.roster.core.identity.ProcessName;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;

/**
 * The wish that a worker runs, or no longer runs. Immutable.
 *
 * <p>Wishes of one name are totally ordered and the greatest stands, so that nodes that hear of the
 * same wishes in any order agree.
 *
 * @param name the worker
 * @param epoch one more than that of the wish it replaces
 * @param status what is wished
 * @param writer the node that wished it
 * @param workerType alias of its type
 * @param args its arguments, encoded
 */
public record DesiredWorker(
    ProcessName name,
    long epoch,
    Status status,
    NodeName writer,
    String workerType,
    ByteString args) {

  /** What is wished of a worker. In doubt a later one stands. */
  public enum Status {
    /** It runs. */
    WANTED,
    /** It runs, and has been started at least once. */
    STARTED,
    /** It does not run; kept so that an old wish cannot bring it back. */
    STOPPED
  }

  /** The wish that stands comes last. */
  public static final Comparator<DesiredWorker> ORDER =
      Comparator.comparingLong(DesiredWorker::epoch)
          .thenComparing(DesiredWorker::status)
          .thenComparing(DesiredWorker::writer)
          .thenComparing(DesiredWorker::workerType)
          .thenComparing(DesiredWorker::args, ByteString.unsignedLexicographicalComparator());

  /** Checks the epoch. */
  public DesiredWorker {
    if (epoch <= 0) {
      throw new IllegalArgumentException("expected an epoch greater than zero, got: " + epoch);
    }
  }

  /** Whether it should run. */
  public boolean isWanted() {
    return status != Status.STOPPED;
  }

  /** The next wish of this name. */
  public DesiredWorker then(Status next, NodeName by) {
    return new DesiredWorker(name, epoch + 1, next, by, workerType, args);
  }

  /** The same on every node; for comparing tables. */
  long hash() {
    return Hashing.murmur3_128()
        .newHasher()
        .putString(name.value(), StandardCharsets.UTF_8)
        .putByte((byte) 0)
        .putLong(epoch)
        .putString(status.name(), StandardCharsets.UTF_8)
        .putString(writer.value(), StandardCharsets.UTF_8)
        .putByte((byte) 0)
        .putString(workerType, StandardCharsets.UTF_8)
        .putByte((byte) 0)
        .putBytes(args.toByteArray())
        .hash()
        .asLong();
  }
}
