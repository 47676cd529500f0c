package io.roster.testkit.gossip;

import io.roster.core.identity.NodeId;
import io.roster.net.membership.swim.Input;
import io.roster.net.membership.swim.Packet;
import io.roster.net.membership.swim.Rumor;
import io.roster.net.membership.swim.StreamMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an input says of members. Immutable.
 *
 * @param from who is there for certain, because the input is its own
 * @param news what is said, in order
 */
record Heard(Optional<NodeId> from, List<Rumor> news) {

  private static final Heard NOTHING = new Heard(Optional.empty(), List.of());

  static Heard by(SimNode node, Input input) {
    return switch (input) {
      case Input.Received(_, Packet packet) ->
          // What comes from the node itself says only that it came.
          packet.from().equals(node.id())
              ? NOTHING
              : new Heard(Optional.of(packet.from()), packet.rumors());
      case Input.StreamHeard(_, StreamMessage message) -> over(node, message);
      case Input.Start _,
          Input.Wake _,
          Input.StreamFailed _,
          Input.Seeds _,
          Input.Publish _,
          Input.Check _,
          Input.Leave _ ->
          NOTHING;
    };
  }

  private static Heard over(SimNode node, StreamMessage message) {
    return switch (message) {
      case StreamMessage.Compare(var member, _) ->
          member.id().equals(node.id()) && member.gossipAddress().equals(node.address())
              ? NOTHING
              : new Heard(Optional.empty(), List.of(new Rumor.Told(member)));
      case StreamMessage.Rows(_, var rows, _) -> {
        var news = new ArrayList<Rumor>(rows.size());
        rows.forEach(row -> news.add(new Rumor.Told(row.member())));
        yield new Heard(Optional.empty(), news);
      }
      case StreamMessage.Probe _,
          StreamMessage.Alive _,
          StreamMessage.Same _,
          StreamMessage.Versions _,
          StreamMessage.WhoIs _ ->
          NOTHING;
      case StreamMessage.ThisIs(var latest) ->
          new Heard(Optional.empty(), latest.stream().<Rumor>map(Rumor.Told::new).toList());
    };
  }
}
