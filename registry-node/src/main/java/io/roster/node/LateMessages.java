package io.roster.node;

import com.google.protobuf.ByteString;
import io.roster.node.fleet.MessageCodec;
import org.jspecify.annotations.Nullable;

/**
 * The codec of a node's messages, handed to modules before all types are known. Thread-safe once
 * {@link #use} was called, which is before anything runs that could use it.
 */
final class LateMessages implements MessageCodec {

  private volatile @Nullable MessageCodec codec;

  /** Works by {@code known} from now on. */
  void use(MessageCodec known) {
    codec = known;
  }

  @Override
  public ByteString encode(Object message) throws Exception {
    return codec().encode(message);
  }

  @Override
  public Object decode(ByteString bytes) throws Exception {
    return codec().decode(bytes);
  }

  private MessageCodec codec() {
    var known = codec;
    if (known == null) {
      throw new IllegalStateException(
          "expected messages to be written when the node has started, got: a use during install");
    }
    return known;
  }
}
