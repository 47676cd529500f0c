package io.roster.demo.replay;

import io.roster.core.server.ReplyTo;
import io.roster.demo.chat.ChatEntry;
import io.roster.demo.chat.ChatRoom;
import io.roster.demo.chat.PostOutcome;
import io.roster.net.client.ClientFailure;
import io.roster.net.client.ClientResult;
import io.roster.net.client.ClientTarget;
import io.roster.net.client.RosterClient;
import java.time.Duration;
import java.util.function.Function;

/** The rooms of a cluster, reached by their names through a client. */
public final class ClientRooms implements Rooms {

  private final RosterClient client;
  private final Duration timeout;

  /**
   * Rooms behind {@code client}, which stays its maker's.
   *
   * @param timeout how long one attempt may take
   */
  public ClientRooms(RosterClient client, Duration timeout) {
    this.client = client;
    this.timeout = timeout;
  }

  @Override
  public Attempt post(String room, ChatEntry entry) {
    ClientResult<PostOutcome> result =
        ask(
            room,
            replyTo -> new ChatRoom.Post(entry.sequence(), entry.user(), entry.text(), replyTo));
    return switch (result) {
      case ClientResult.Answered<PostOutcome>(PostOutcome outcome) -> attempt(outcome);
      case ClientResult.Failed<PostOutcome>(ClientFailure failure) -> attempt(failure);
    };
  }

  /** Asks a room something. */
  public <R> ClientResult<R> ask(String room, Function<ReplyTo<R>, ChatRoom.Message> request) {
    return client.call(ClientTarget.global(room), request, timeout);
  }

  private static Attempt attempt(PostOutcome outcome) {
    return switch (outcome) {
      case PostOutcome.Applied _, PostOutcome.Repeated _ -> new Attempt.Acknowledged();
      case PostOutcome.OutOfSequence(long expected, long got) ->
          new Attempt.Refused("the room expects post %d, got: %d".formatted(expected, got));
      case PostOutcome.Conflicting(long sequence) ->
          new Attempt.Refused("the room has another post %d".formatted(sequence));
    };
  }

  static Attempt attempt(ClientFailure failure) {
    return switch (failure) {
      case ClientFailure.TooLarge _, ClientFailure.Refused _ ->
          new Attempt.Refused(failure.toString());
      case ClientFailure.NoSuchName _,
          ClientFailure.NoSuchProcess _,
          ClientFailure.ConnectionLost _,
          ClientFailure.Overloaded _ ->
          new Attempt.NotYet(failure.toString());
      case ClientFailure.ServerDown _, ClientFailure.Unknown _ ->
          new Attempt.Unknown(failure.toString());
    };
  }
}
