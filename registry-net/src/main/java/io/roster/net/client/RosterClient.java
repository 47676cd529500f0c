package io.roster.net.client;

import io.roster.core.identity.Alias;
import io.roster.core.identity.NodeId;
import io.roster.core.identity.NodeName;
import io.roster.core.identity.Pid;
import io.roster.core.identity.ProcessName;
import io.roster.core.process.ProcessSystem;
import io.roster.core.server.ReplyTo;
import io.roster.net.codec.CodecException;
import io.roster.net.codec.MessageTypes;
import io.roster.net.transport.ClientDialer;
import io.roster.net.transport.netty.LinkOptions;
import io.roster.net.transport.netty.NettyClientDialer;
import io.roster.net.wire.ClientMessage.Asked;
import io.roster.net.wire.ClientMessage.Said;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A program's way to the processes of a cluster that it is no member of. Thread-safe; made for many
 * virtual threads at once.
 *
 * <p>It keeps one connection to any node, learns of the others from it, and goes to another when
 * that is lost, for as long as it is open. While there is no connection, questions wait for one as
 * long as their time allows. What was sent is never sent again: if the connection is lost
 * meanwhile, the outcome is {@link ClientFailure.Unknown}.
 *
 * <p>Messages of one thread to one process keep their order while the connection lasts.
 */
public final class RosterClient implements AutoCloseable {

  private final MessageTypes types;
  private final ProcessSystem handles;
  private final ClientDialer dialer;
  private final ClientConnection connection;
  private final Supplier<String> traceparent;
  private final AtomicLong nextAlias = new AtomicLong();

  private RosterClient(Builder builder) {
    this.types = builder.types;
    this.traceparent = builder.traceparent;
    // Reply handles need a home; no process ever runs in it.
    this.handles = ProcessSystem.builder(new NodeId(new NodeName(builder.label), 1)).build();
    this.dialer = new NettyClientDialer(builder.label, builder.options);
    this.connection =
        new ClientConnection(
            builder.label, builder.addresses, dialer, handles.timers(), builder.options);
  }

  /**
   * Begins a client.
   *
   * @param options the cluster's name, cookie and security, as its nodes have them
   */
  public static Builder builder(LinkOptions options) {
    return new Builder(options);
  }

  /** Waits until there is a connection; false if there is none within {@code timeout}. */
  public boolean awaitConnected(Duration timeout) {
    return connection.awaitConnected(timeout);
  }

  /** The node that the client is connected to. */
  public Optional<NodeId> node() {
    return connection.node();
  }

  /** Every address that the client would try. */
  public Set<InetSocketAddress> addresses() {
    return connection.addresses();
  }

  /**
   * Asks a process and waits for its answer.
   *
   * @param request makes the message of the handle that the answer comes by, as {@code Get::new}
   * @param timeout how long to wait; afterwards the outcome is unknown
   * @param <R> the answer
   */
  public <R> ClientResult<R> call(
      ClientTarget to, Function<ReplyTo<R>, ?> request, Duration timeout) {
    return await(callAsync(to, request, timeout), ClientResult::failed);
  }

  /** The same, without waiting. The future never fails. */
  @SuppressWarnings("unchecked") // the answer's type was fixed by the handle that it came through
  public <R> CompletableFuture<ClientResult<R>> callAsync(
      ClientTarget to, Function<ReplyTo<R>, ?> request, Duration timeout) {
    ReplyTo<R> replyTo =
        ReplyTo.of(handles, new Alias(handles.node(), nextAlias.incrementAndGet()));
    return deliver(to, request.apply(replyTo), timeout, true)
        .thenApply(
            said ->
                switch (said) {
                  case Said.Reply(String type, var value) -> {
                    try {
                      yield new ClientResult.Answered<>(
                          (R) types.decode(type, value, alias -> ReplyTo.of(handles, alias)));
                    } catch (CodecException e) {
                      yield ClientResult.<R>failed(
                          new ClientFailure.Unknown(
                              "it ran, but its answer is not understood: " + e.getMessage()));
                    }
                  }
                  case Said other -> ClientResult.<R>failed(failure(other));
                });
  }

  /**
   * Sends a message that awaits no answer, and waits until a node has taken it.
   *
   * @param timeout how long to wait; afterwards the outcome is unknown
   */
  public SendOutcome send(ClientTarget to, Object message, Duration timeout) {
    return await(sendAsync(to, message, timeout), SendOutcome.NotDelivered::new);
  }

  /** The same, without waiting. The future never fails. */
  public CompletableFuture<SendOutcome> sendAsync(
      ClientTarget to, Object message, Duration timeout) {
    return deliver(to, message, timeout, false)
        .thenApply(
            said ->
                said instanceof Said.Delivered
                    ? new SendOutcome.Delivered()
                    : new SendOutcome.NotDelivered(failure(said)));
  }

  /** Who has {@code name} in the cluster; an answer that is empty if nobody has. */
  public ClientResult<Optional<Pid>> whereis(ProcessName name, Duration timeout) {
    return await(
        connection
            .ask(new Asked.Whereis(name), timeout, traceparent.get())
            .thenApply(
                said ->
                    said instanceof Said.Whereabouts(var pid)
                        ? new ClientResult.Answered<>(pid)
                        : ClientResult.<Optional<Pid>>failed(failure(said))),
        ClientResult::failed);
  }

  private CompletableFuture<Said> deliver(
      ClientTarget to, Object message, Duration timeout, boolean awaitsAnswer) {
    try {
      var encoded = types.encode(message);
      return connection.ask(
          new Asked.Deliver(ClientTarget.toWire(to), encoded.type(), encoded.value(), awaitsAnswer),
          timeout,
          traceparent.get());
    } catch (CodecException e) {
      return CompletableFuture.completedFuture(
          Failures.of(
              io.roster.net.wire.ClientMessage.FailureKind.REFUSED,
              String.valueOf(e.getMessage())));
    }
  }

  private static ClientFailure failure(Said said) {
    return said instanceof Said.Failure failure
        ? Failures.toClient(failure)
        : new ClientFailure.Unknown("expected an answer, got: " + said);
  }

  /** Interruption gives the wait up, not the question: its outcome is unknown. */
  private static <T> T await(
      CompletableFuture<T> future, Function<? super ClientFailure, T> failed) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return failed.apply(new ClientFailure.Unknown("interrupted"));
    } catch (ExecutionException | CancellationException e) {
      throw new IllegalStateException("invariant: questions end with an outcome", e);
    }
  }

  /** Closes the connection; whoever waits is told {@code Unknown} or {@code ConnectionLost}. */
  @Override
  public void close() {
    connection.close();
    dialer.close();
    handles.close();
  }

  /** How a client is set up. Confined to one thread. */
  public static final class Builder {

    private final LinkOptions options;
    private final List<InetSocketAddress> addresses = new ArrayList<>();
    private MessageTypes types = MessageTypes.standard();
    private String label = "client";
    private Supplier<String> traceparent = () -> "";

    private Builder(LinkOptions options) {
      this.options = options;
    }

    /** Adds the link port of a node to begin with. One is needed; more help when it is down. */
    public Builder address(String host, int port) {
      return address(InetSocketAddress.createUnresolved(host, port));
    }

    /** Adds the link port of a node to begin with. */
    public Builder address(InetSocketAddress address) {
      // In one form, so that an address that members are told by is known for the same.
      addresses.add(
          address.isUnresolved()
              ? address
              : InetSocketAddress.createUnresolved(
                  address.getAddress().getHostAddress(), address.getPort()));
      return this;
    }

    /** The messages that the client sends and gets; those of the standard by default. */
    public Builder types(MessageTypes types) {
      this.types = types;
      return this;
    }

    /**
     * What the client calls itself in the nodes' logs, in the form of a node's name; {@code client}
     * by default.
     */
    public Builder label(String label) {
      this.label = new NodeName(label).value();
      return this;
    }

    /** Where the W3C trace context of the calling thread comes from; empty text for none. */
    public Builder traceparent(Supplier<String> traceparent) {
      this.traceparent = traceparent;
      return this;
    }

    /** Opens the client, which connects in the background. */
    public RosterClient open() {
      if (addresses.isEmpty()) {
        throw new IllegalArgumentException("expected an address of a node, got: none");
      }
      return new RosterClient(this);
    }
  }
}
