package io.roster.net.transport;

import com.google.protobuf.ByteString;

/** Where clients that are no members come in. Thread-safe. */
public interface ClientGate {

  /**
   * Hands clients to {@code listener}. Before there is one, clients are refused; a second one is
   * refused with {@link IllegalStateException}.
   */
  void onClients(ClientListener listener);

  /** Hears of clients. Nothing here may block; the calls for one session come in order. */
  interface ClientListener {

    /** A client has proved that it knows the cookie. */
    void onOpen(ClientSession session);

    /** The client sent a message. */
    void onFrame(ClientSession session, ByteString payload);

    /** The client is gone; nothing more comes of it. */
    void onClose(ClientSession session);
  }

  /** One client's connection, seen from the node. Thread-safe; nothing here blocks. */
  interface ClientSession {

    /** Unique on this node while it runs. */
    long id();

    /** What the client calls itself, and where it comes from; for people. */
    String label();

    /** Sends one message to the client, after all that were sent before. */
    Offered send(ByteString payload);

    /**
     * Ends the connection.
     *
     * @param reason why, for the client's log
     */
    void close(String reason);
  }
}
