package io.roster.net.transport;

import com.google.protobuf.ByteString;
import io.roster.core.identity.NodeId;
import java.net.InetSocketAddress;

/** How a client that is no member reaches a node. Thread-safe; nothing here blocks. */
public interface ClientDialer extends AutoCloseable {

  /**
   * Tries once to reach the node at {@code address}. Exactly one of {@code onOpen} and {@code
   * onFailed} follows.
   */
  void dial(InetSocketAddress address, Listener listener);

  /** Closes every connection and ends the threads. */
  @Override
  void close();

  /** Hears of one connection. The calls come in order, from one thread, and must not block. */
  interface Listener {

    /** The node took the connection. */
    void onOpen(NodeLine line);

    /** The node sent a message. */
    void onFrame(ByteString payload);

    /**
     * The connection, once open, is gone.
     *
     * @param reason why, for people
     */
    void onClosed(String reason);

    /**
     * There is no connection.
     *
     * @param reason why, for people
     */
    void onFailed(String reason);
  }

  /** A client's connection to a node. Thread-safe; nothing here blocks. */
  interface NodeLine {

    /** Who answered. */
    NodeId node();

    /** Sends one message, after all that were sent before. */
    Offered send(ByteString payload);

    /** Ends the connection. */
    void close();
  }
}
