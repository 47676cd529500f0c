package io.roster.net.transport.netty;

import io.netty.handler.codec.DecoderException;
import org.jspecify.annotations.Nullable;

/** What went wrong, in words. */
final class Causes {

  private Causes() {}

  /** The message of {@code cause}, or its kind if it has none. */
  static String text(@Nullable Throwable cause) {
    if (cause == null) {
      return "unknown";
    }
    Throwable inner = cause.getCause();
    if (cause.getClass() == DecoderException.class && inner != null) {
      return text(inner);
    }
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }
}
