package io.roster.net.transport.netty;

import com.google.protobuf.ByteString;
import io.roster.net.transport.ClientGate.ClientListener;
import io.roster.net.transport.ClientGate.ClientSession;
import java.util.Queue;

/** Notes what clients say. */
record NotingClients(Queue<String> said) implements ClientListener {

  @Override
  public void onOpen(ClientSession session) {}

  @Override
  public void onFrame(ClientSession session, ByteString payload) {
    said.add(payload.toStringUtf8());
  }

  @Override
  public void onClose(ClientSession session) {}
}
