package io.roster.demo.chat;

import io.roster.core.process.ProcessContext;
import io.roster.core.server.GenServer;
import io.roster.core.server.Init;
import io.roster.core.server.Next;
import io.roster.core.server.ReplyTo;
import java.util.List;

/**
 * A room: keeps what is said in it and tells it again. Posts are numbered by whoever posts, so that
 * a repeated one is applied once.
 */
public final class ChatRoom implements GenServer<ChatLog, ChatRoom.Message> {

  /** What a room is asked. */
  public sealed interface Message {}

  /**
   * Says something.
   *
   * @param sequence the post's number in the room, from one
   * @param user who says it
   * @param text what is said
   * @param replyTo where the outcome goes
   */
  public record Post(long sequence, String user, String text, ReplyTo<PostOutcome> replyTo)
      implements Message {}

  /**
   * Asks how much the room holds.
   *
   * @param replyTo where the answer goes
   */
  public record Summarize(ReplyTo<RoomSummary> replyTo) implements Message {}

  /**
   * Asks for what was said.
   *
   * @param first the number of the first post wanted
   * @param max how many at most
   * @param replyTo where the answer goes
   */
  public record Read(long first, int max, ReplyTo<RoomPage> replyTo) implements Message {}

  /**
   * How much a room holds.
   *
   * @param posts how many posts
   * @param digest what they are, as one number
   * @param node where the room runs
   * @param moves how often it has moved with its posts
   */
  public record RoomSummary(long posts, ChatDigest digest, String node, long moves) {}

  /**
   * A part of what was said.
   *
   * @param entries in the order of the room
   */
  public record RoomPage(List<ChatEntry> entries) {}

  private String node = "";

  @Override
  public Init<ChatLog> init(ProcessContext self) {
    node = self.pid().nodeName().value();
    return Init.ok(ChatLog.empty());
  }

  @Override
  public Next<ChatLog> handle(Message message, ChatLog log) {
    var _ =
        switch (message) {
          case Post(long sequence, String user, String text, ReplyTo<PostOutcome> replyTo) ->
              replyTo.reply(log.post(new ChatEntry(sequence, user, text)));
          case Summarize(ReplyTo<RoomSummary> replyTo) ->
              replyTo.reply(new RoomSummary(log.count(), log.digest(), node, log.moves()));
          case Read(long first, int max, ReplyTo<RoomPage> replyTo) ->
              replyTo.reply(new RoomPage(log.read(first, max)));
        };
    return Next.proceed(log);
  }
}
