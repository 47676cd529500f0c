package io.roster.net.membership.swim;

import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The streams that this node opened and that are not done yet, and what each is for. */
final class Streams {

  /** What a stream is for. */
  sealed interface Purpose {}

  /** A probe, beside its datagrams. */
  record ForProbe(long sequence) implements Purpose {}

  /** A comparison of views. */
  record ForSync(InetSocketAddress peer) implements Purpose {}

  private final Context context;
  private final Map<Long, Purpose> open = new HashMap<>();
  private long last;

  Streams(Context context) {
    this.context = context;
  }

  long open(Purpose purpose, InetSocketAddress to, StreamMessage first) {
    long stream = ++last;
    open.put(stream, purpose);
    context.emit(new Effect.Open(stream, to, first));
    return stream;
  }

  Optional<Purpose> purpose(long stream) {
    return Optional.ofNullable(open.get(stream));
  }

  boolean isOpen(long stream) {
    return open.containsKey(stream);
  }

  /** This node is done with a stream; does nothing if it is over. */
  void close(long stream) {
    if (open.remove(stream) != null) {
      context.emit(new Effect.Close(stream));
    }
  }

  /** A stream is gone. */
  Optional<Purpose> gone(long stream) {
    return Optional.ofNullable(open.remove(stream));
  }

  long syncs() {
    return open.values().stream().filter(ForSync.class::isInstance).count();
  }

  boolean syncing(InetSocketAddress peer) {
    return open.containsValue(new ForSync(peer));
  }
}
