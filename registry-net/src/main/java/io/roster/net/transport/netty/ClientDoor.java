package io.roster.net.transport.netty;

import com.google.protobuf.ByteString;
import io.roster.core.identity.NodeId;
import io.roster.net.transport.ClientGate.ClientListener;
import io.roster.net.transport.ClientGate.ClientSession;
import io.roster.net.transport.Feature;
import io.roster.net.transport.Offered;
import io.roster.net.wire.LinkMessage.Data;
import io.roster.net.wire.LinkMessage.Dialler;
import io.roster.net.wire.LinkMessage.Heartbeat;
import io.roster.net.wire.LinkMessage.Hello;
import io.roster.net.wire.LinkMessage.Refused;
import io.roster.net.wire.RefusalCode;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where clients come in. Thread-safe. */
final class ClientDoor implements AcceptHandshake.Door {

  private static final Logger LOG = LoggerFactory.getLogger(ClientDoor.class);

  private final NodeId self;
  private final LinkOptions options;
  private final AtomicReference<@Nullable ClientListener> listener = new AtomicReference<>();
  private final AtomicLong nextId = new AtomicLong(1);
  private final Set<Session> sessions = ConcurrentHashMap.newKeySet();
  private volatile boolean closing;

  ClientDoor(NodeId self, LinkOptions options) {
    this.self = self;
    this.options = options;
  }

  void listen(ClientListener added) {
    if (!listener.compareAndSet(null, added)) {
      throw new IllegalStateException("clients: have a listener already");
    }
  }

  void close(String reason) {
    closing = true;
    sessions.forEach(session -> session.close(reason));
  }

  @Override
  public void onProven(Hello hello, Lane lane, Consumer<Optional<Refused>> answer) {
    var taker = listener.get();
    if (taker == null || closing) {
      answer.accept(
          Optional.of(new Refused(RefusalCode.CLOSING, self + " takes no clients at present")));
      return;
    }
    String label = hello.dialler() instanceof Dialler.Client(String name) ? name : "";
    var session =
        new Session(nextId.getAndIncrement(), label + "@" + lane.remoteAddress(), lane, taker);
    sessions.add(session);
    lane.ownedBy(session);
    answer.accept(Optional.empty());
    session.begin();
    lane.open();
    if (closing) {
      session.close(self + " is closing");
    }
  }

  private final class Session implements ClientSession, Lane.Owner {

    private final long id;
    private final String label;
    private final Lane lane;
    private final ClientListener taker;
    private int silentBeats;

    Session(long id, String label, Lane lane, ClientListener taker) {
      this.id = id;
      this.label = label;
      this.lane = lane;
      this.taker = taker;
    }

    void begin() {
      guard("onOpen", () -> taker.onOpen(this));
      lane.every(options.times().beat(), this::beat);
    }

    private void beat() {
      silentBeats = lane.takeHeard() ? 0 : silentBeats + 1;
      if (silentBeats > options.times().silentBeatsMax()) {
        close("silent for " + silentBeats + " beats");
      }
    }

    @Override
    public long id() {
      return id;
    }

    @Override
    public String label() {
      return label;
    }

    @Override
    public Offered send(ByteString payload) {
      return lane.offer(Feature.CLIENT.number(), payload, 0);
    }

    @Override
    public void close(String reason) {
      lane.shut(reason, () -> {});
    }

    @Override
    public void onData(Lane from, Data data) {
      if (data.feature() == Feature.CLIENT.number()) {
        guard("onFrame", () -> taker.onFrame(this, data.payload()));
      }
    }

    @Override
    public void onBeat(Lane from) {
      lane.say(new Heartbeat());
    }

    @Override
    public void onClosed(Lane from, String reason) {
      sessions.remove(this);
      guard("onClose", () -> taker.onClose(this));
    }

    private void guard(String what, Runnable call) {
      try {
        call.run();
      } catch (RuntimeException e) {
        LOG.error("{}: {} of the listener of clients failed for {}", self, what, label, e);
      }
    }
  }
}
