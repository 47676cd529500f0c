package io.roster.demo.chat;

import com.google.protobuf.ByteString;
import io.roster.node.fleet.MessageCodec;
import io.roster.node.fleet.StateCodec;
import io.roster.node.fleet.WorkerType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What nodes and clients must know to run rooms and to talk to them. */
public final class ChatTypes {

  /** The alias of the worker type. */
  public static final String WORKER = "chat-room";

  private ChatTypes() {}

  /** Every message, by its alias. */
  public static Map<String, Class<?>> messages() {
    var types = new LinkedHashMap<String, Class<?>>();
    types.put("chat.room", ChatRoom.Message.class);
    types.put("chat.outcome", PostOutcome.class);
    types.put("chat.summary", ChatRoom.RoomSummary.class);
    types.put("chat.page", ChatRoom.RoomPage.class);
    types.put("chat.saved", SavedRoom.class);
    types.put("chat.lobby", Lobby.Message.class);
    types.put("chat.opened", Lobby.Opened.class);
    types.put("chat.status", Lobby.Status.class);
    return types;
  }

  /** Rooms that move with what was said in them. */
  static WorkerType<ChatLog, ChatRoom.Message, String> worker(MessageCodec messages) {
    var saved = StateCodec.of(SavedRoom.class, messages);
    return WorkerType.of(
            WORKER, ChatRoom.Message.class, StateCodec.text(), (_, _) -> new ChatRoom())
        .withState(new RoomCodec(saved));
  }

  /**
   * A room on its way.
   *
   * @param entries what was said
   * @param moves how often the room had moved before
   */
  record SavedRoom(List<ChatEntry> entries, long moves) {}

  /** A room that arrives has moved once more. */
  private record RoomCodec(StateCodec<SavedRoom> saved) implements StateCodec<ChatLog> {

    @Override
    public ByteString encode(ChatLog log) throws Exception {
      return saved.encode(new SavedRoom(log.entries(), log.moves()));
    }

    @Override
    public ChatLog decode(ByteString bytes) throws Exception {
      var room = saved.decode(bytes);
      return ChatLog.of(room.entries(), room.moves() + 1);
    }
  }
}
