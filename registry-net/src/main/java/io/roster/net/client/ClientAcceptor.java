package io.roster.net.client;

import com.google.protobuf.ByteString;
import io.roster.core.process.ProcessSystem;
import io.roster.net.codec.MessageTypes;
import io.roster.net.transport.ClientGate;
import io.roster.net.transport.ClientGate.ClientSession;
import io.roster.net.wire.ClientMessage.Response;
import io.roster.net.wire.ClientMessage.Said;
import io.roster.net.wire.ClientWire;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * A node's side of its clients: takes their questions, finds whom they mean, forwards once and
 * answers. Thread-safe; nothing here blocks.
 */
public final class ClientAcceptor {

  private final ClientGate gate;
  private final Answering answering;
  private final ConcurrentMap<Long, ClientConversation> conversations = new ConcurrentHashMap<>();
  private volatile List<InetSocketAddress> members = List.of();
  private volatile boolean leaving;

  private ClientAcceptor(ClientGate gate, Answering answering) {
    this.gate = gate;
    this.answering = answering;
  }

  /**
   * Begins to serve clients.
   *
   * @param types the messages that clients may send and get as answers
   * @param names who has which global name
   */
  public static ClientAcceptor start(
      ProcessSystem system, ClientGate gate, MessageTypes types, NameResolver names) {
    var acceptor = new ClientAcceptor(gate, new Answering(system, types, names));
    acceptor.gate.onClients(acceptor.new Sessions());
    return acceptor;
  }

  /**
   * Tells all clients, and those to come, where they can connect.
   *
   * @param addresses link ports of the members that are up, this one's among them
   */
  public void members(Collection<InetSocketAddress> addresses) {
    members = List.copyOf(addresses);
    push(new Said.Members(members));
  }

  /**
   * Asks all clients to go elsewhere, because this node is about to stop. Questions under way are
   * still answered.
   */
  public void leave() {
    leaving = true;
    push(new Said.Leaving());
  }

  /** How many clients are connected. */
  public int clients() {
    return conversations.size();
  }

  private void push(Said said) {
    ByteString frame = ClientWire.encode(new Response(0, said));
    conversations.values().forEach(conversation -> conversation.push(frame));
  }

  private final class Sessions implements ClientGate.ClientListener {

    @Override
    public void onOpen(ClientSession session) {
      var conversation = new ClientConversation(session, answering);
      conversations.put(session.id(), conversation);
      // Read after the conversation is known, so that no change falls between the two.
      conversation.push(ClientWire.encode(new Response(0, new Said.Members(members))));
      if (leaving) {
        conversation.push(ClientWire.encode(new Response(0, new Said.Leaving())));
      }
    }

    @Override
    public void onFrame(ClientSession session, ByteString payload) {
      var conversation = conversations.get(session.id());
      if (conversation != null) {
        conversation.take(payload);
      }
    }

    @Override
    public void onClose(ClientSession session) {
      var conversation = conversations.remove(session.id());
      if (conversation != null) {
        conversation.end();
      }
    }
  }
}
