package io.roster.net.remote;

import io.roster.core.process.ProcessSystem;
import io.roster.core.server.ReplyTo;
import io.roster.core.signal.ExitReason;
import io.roster.core.signal.Signal;
import io.roster.net.codec.CodecException;
import io.roster.net.codec.MessageTypes;
import io.roster.net.wire.EncodedDetail;
import org.jspecify.annotations.Nullable;

/**
 * What a crash has to say besides its summary, made ready for the wire and read from it. A detail
 * that cannot cross is left out: the end itself must be heard of. Thread-safe.
 */
record CrashDetails(ProcessSystem system, MessageTypes types) {

  /** Bytes of a detail that cross the wire; a larger one does not. */
  private static final int BYTES_MAX = 64 << 10;

  Signal outbound(Signal signal) {
    return withDetail(signal, this::encoded);
  }

  Signal inbound(Signal signal) {
    return withDetail(signal, this::decoded);
  }

  private static Signal withDetail(Signal signal, Detail change) {
    return switch (signal) {
      case Signal.Exit(var from, ExitReason.Crashed crashed, boolean byLink) ->
          new Signal.Exit(from, withDetail(crashed, change), byLink);
      case Signal.Down(var ref, var object, ExitReason.Crashed crashed) ->
          new Signal.Down(ref, object, withDetail(crashed, change));
      case Signal.Exit _,
          Signal.Down _,
          Signal.Message _,
          Signal.Link _,
          Signal.Unlink _,
          Signal.Unlinked _,
          Signal.Monitor _,
          Signal.Demonitor _ ->
          signal;
    };
  }

  private static ExitReason withDetail(ExitReason.Crashed crashed, Detail change) {
    return new ExitReason.Crashed(crashed.summary(), change.of(crashed.detail()));
  }

  /** A detail in its other form; null where it has none. */
  @FunctionalInterface
  private interface Detail {
    @Nullable Object of(@Nullable Object detail);
  }

  private @Nullable EncodedDetail encoded(@Nullable Object detail) {
    if (detail == null) {
      return null;
    }
    try {
      var encoded = types.encode(detail);
      return encoded.value().size() > BYTES_MAX
          ? null
          : new EncodedDetail(encoded.type(), encoded.value());
    } catch (CodecException _) {
      return null;
    }
  }

  private @Nullable Object decoded(@Nullable Object detail) {
    try {
      return detail instanceof EncodedDetail(String type, var value)
          ? types.decode(type, value, alias -> ReplyTo.of(system, alias))
          : null;
    } catch (CodecException _) {
      return null;
    }
  }
}
