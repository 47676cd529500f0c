package io.roster.node;

import io.roster.core.identity.NodeId;
import io.roster.net.membership.Member;
import io.roster.net.membership.MemberEvent;
import io.roster.net.membership.MemberState;
import io.roster.net.membership.Membership;
import io.roster.net.transport.netty.NettyTransport;

/**
 * Tells the links whom to dial: every member that is up and says where. A member that has failed is
 * dialled further, because it may be on the other side of a split; one that has left or was
 * replaced by a later start is forgotten. Runs on the membership thread and does not block.
 */
final class LinkDirectory implements Membership.Listener {

  private final NodeId self;
  private final NettyTransport transport;

  LinkDirectory(NodeId self, NettyTransport transport) {
    this.self = self;
    this.transport = transport;
  }

  @Override
  public void on(MemberEvent event) {
    var member = event.member();
    if (member.id().name().equals(self.name())) {
      return;
    }
    switch (event) {
      case MemberEvent.Up _, MemberEvent.Updated _, MemberEvent.Refuted _ -> connect(member);
      case MemberEvent.Suspected _ -> {}
      case MemberEvent.Down _ -> {
        if (member.state() == MemberState.LEFT) {
          transport.forget(member.id());
        }
      }
    }
  }

  private void connect(Member member) {
    member.metadata().linkAddress().ifPresent(address -> transport.connect(member.id(), address));
  }
}
