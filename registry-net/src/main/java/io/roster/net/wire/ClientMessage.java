package io.roster.net.wire;

import com.google.protobuf.ByteString;
import io.roster.core.identity.Destination;
import io.roster.core.identity.Pid;
import io.roster.core.identity.ProcessName;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/** What passes between a client and its node. Immutable. */
public sealed interface ClientMessage {

  /**
   * What a client asks.
   *
   * @param id chosen by the client; the response has the same
   * @param asked what it asks
   * @param budgetMillis how long it will wait
   * @param traceparent W3C trace context, or empty text
   */
  record Request(long id, Asked asked, long budgetMillis, String traceparent)
      implements ClientMessage {}

  /**
   * What a node answers, or pushes.
   *
   * @param id the question's; zero for what is pushed
   * @param said what it says
   */
  record Response(long id, Said said) implements ClientMessage {}

  /** What a client can ask. */
  sealed interface Asked {

    /**
     * Deliver a message.
     *
     * @param to for whom it is
     * @param type the alias of its type
     * @param value its bytes
     * @param awaitsAnswer whether its answer is wanted, or only what became of it
     */
    record Deliver(Whom to, String type, ByteString value, boolean awaitsAnswer) implements Asked {}

    /**
     * Say who has a global name.
     *
     * @param name the name
     */
    record Whereis(ProcessName name) implements Asked {}

    /** The answer is not wanted any more. */
    record Cancel() implements Asked {}
  }

  /** For whom a message is. */
  sealed interface Whom {

    /**
     * Whoever has a name of the whole cluster.
     *
     * @param name the name
     */
    record Global(ProcessName name) implements Whom {}

    /**
     * A process, or a name on a node.
     *
     * @param destination which
     */
    record At(Destination destination) implements Whom {}
  }

  /** What a node can say. */
  sealed interface Said {

    /** The message is in a mailbox or on its way. */
    record Delivered() implements Said {}

    /**
     * The answer.
     *
     * @param type the alias of its type
     * @param value its bytes
     */
    record Reply(String type, ByteString value) implements Said {}

    /**
     * Who has the name.
     *
     * @param pid empty if nobody has
     */
    record Whereabouts(Optional<Pid> pid) implements Said {}

    /**
     * There is no answer.
     *
     * @param kind why
     * @param detail why, for people; a name or a process where the kind speaks of one
     * @param amount how much there is, where the kind speaks of a limit
     * @param limit the limit
     */
    record Failure(FailureKind kind, String detail, long amount, long limit) implements Said {}

    /**
     * Where clients can connect.
     *
     * @param addresses link ports of the members that are up
     */
    record Members(List<InetSocketAddress> addresses) implements Said {}

    /** The node is about to stop. */
    record Leaving() implements Said {}
  }

  /** Why there is no answer. */
  enum FailureKind {
    /** Nobody has the name. */
    NO_SUCH_NAME,
    /** The process had ended before the message came. */
    NO_SUCH_PROCESS,
    /** It ended before it answered. */
    SERVER_DOWN,
    /** No way to the process's node; nothing was sent. */
    NO_CONNECTION,
    /** A mailbox or a connection is full. */
    OVERLOADED,
    /** More bytes than a message may have. */
    TOO_LARGE,
    /** The message was not understood. */
    REFUSED,
    /** It may have run, or not. */
    UNKNOWN
  }
}
