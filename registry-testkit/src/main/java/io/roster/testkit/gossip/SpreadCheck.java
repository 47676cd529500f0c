package io.roster.testkit.gossip;

import io.roster.core.identity.NodeName;
import io.roster.net.membership.Member;
import io.roster.net.membership.MemberEvent;
import io.roster.net.membership.swim.Effect;
import io.roster.net.membership.swim.Input;
import io.roster.net.membership.swim.Packet;
import io.roster.net.membership.swim.Rumor;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * I7: each piece of news is passed on a bounded number of times: the multiplier for each digit of
 * the number of members, however many are met and whatever else is sent.
 *
 * <p>What is not passed on but said to whom it concerns does not count: a charge to the one who is
 * charged, a later start to the earlier one, a goodbye by who leaves, and the word of a member for
 * itself in its answer to an accusation. Each accusation that it hears is a reason to pass its word
 * on anew. So is a twin for all that is said of a start: it may come, and end, as the other did.
 */
final class SpreadCheck {

  private final GossipSim cluster;
  private final SimNode node;

  /** Of each name what was passed on last; what is older is not passed on again. */
  private final Map<NodeName, Passed> passed = new HashMap<>();

  private int mostUp;

  private static final class Passed {
    final Rumor rumor;
    int times;

    Passed(Rumor rumor) {
      this.rumor = rumor;
    }
  }

  SpreadCheck(GossipSim cluster, SimNode node) {
    this.cluster = cluster;
    this.node = node;
  }

  void stepped(Input input, Heard heard, List<Effect> effects) {
    mostUp = Math.max(mostUp, node.swim().upCount());
    for (Rumor rumor : heard.news()) {
      if (rumor.about().equals(node.id())) {
        passed.remove(node.name());
      }
    }
    for (Effect effect : effects) {
      if (effect instanceof Effect.Announce(MemberEvent.Up(Member member))) {
        passed.remove(member.id().name());
      }
      if (effect instanceof Effect.Send send) {
        send.packet().rumors().stream()
            .filter(rumor -> !concerns(rumor, send, input))
            .forEach(this::pass);
      }
    }
  }

  private void pass(Rumor rumor) {
    var last =
        passed.compute(
            rumor.about().name(),
            (_, before) ->
                before != null && before.rumor.equals(rumor) ? before : new Passed(rumor));
    last.times++;
    int most =
        cluster.options().dissemination().retransmitMultiplier()
            * Math.max(1, (int) Math.ceil(Math.log10(mostUp + 1.0)));
    Law.I7.require(
        last.times <= most,
        () ->
            "%s passes on %s for the %d. time, of %d"
                .formatted(node.id(), rumor, last.times, most));
  }

  private boolean concerns(Rumor rumor, Effect.Send send, Input input) {
    var about = rumor.about().name();
    if (isOf(about, send.to()) || (about.equals(node.name()) && input instanceof Input.Leave)) {
      return true;
    }
    if (input instanceof Input.Received(var source, Packet packet)) {
      var asker = packet.from().name();
      // A twin's accusation is answered where the start is known to be.
      boolean answer = source.equals(send.to()) || isOf(asker, send.to());
      return answer && (about.equals(asker) || about.equals(node.name()));
    }
    return false;
  }

  private boolean isOf(NodeName name, InetSocketAddress address) {
    return cluster.at(address).filter(there -> there.name().equals(name)).isPresent();
  }
}
