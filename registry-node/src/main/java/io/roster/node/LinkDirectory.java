package io.roster.node;

import io.roster.core.identity.NodeId;
import io.roster.core.process.ProcessSystem;
import io.roster.net.client.ClientAcceptor;
import io.roster.net.membership.Member;
import io.roster.net.membership.MemberEvent;
import io.roster.net.membership.MemberState;
import io.roster.net.membership.Membership;

/**
 * Tells the links whom to dial, and clients where they can go: every member that is up and says
 * where. A member that has failed is dialled further, because it may be on the other side of a
 * split; one that has left is forgotten. Whoever waits for a process of a member that is gone hears
 * of it, even where the link still stands. Runs on the membership thread and does not block.
 */
final class LinkDirectory implements Membership.Listener {

  private final NodeId self;
  private final ProcessSystem system;
  private final NodeParts.Network network;
  private final ClientAcceptor clients;

  LinkDirectory(ProcessSystem system, NodeParts.Network network, ClientAcceptor clients) {
    this.self = system.node();
    this.system = system;
    this.network = network;
    this.clients = clients;
  }

  @Override
  public void on(MemberEvent event) {
    var member = event.member();
    clients.members(
        network.membership().members().stream()
            .filter(known -> known.isUp() && !known.metadata().leaving())
            .flatMap(known -> known.metadata().linkAddress().stream())
            .toList());
    if (member.id().name().equals(self.name())) {
      return;
    }
    switch (event) {
      case MemberEvent.Up _, MemberEvent.Updated _, MemberEvent.Refuted _ -> connect(member);
      case MemberEvent.Suspected _ -> {}
      case MemberEvent.Down _ -> {
        system.nodeDown(member.id());
        if (member.state() == MemberState.LEFT) {
          network.transport().forget(member.id());
        } else {
          // Whoever was told NoConnection must hear nothing more over the old link.
          network.transport().disconnect(member.id(), "gossip has seen it go");
        }
      }
    }
  }

  private void connect(Member member) {
    member
        .metadata()
        .linkAddress()
        .ifPresent(address -> network.transport().connect(member.id(), address));
  }
}
