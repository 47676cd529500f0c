package io.roster.testkit.gossip;

import io.roster.net.membership.MemberEvent;

/** Events as one short line each. */
final class Lines {

  private Lines() {}

  static String of(MemberEvent event) {
    var member = event.member();
    return switch (event) {
      case MemberEvent.Up _ -> "up " + member.id() + " v" + member.version();
      case MemberEvent.Down _ -> "down " + member.id() + " " + member.state();
      case MemberEvent.Suspected _ -> "suspects " + member.id() + " v" + member.version();
      case MemberEvent.Refuted _ -> "clears " + member.id() + " v" + member.version();
      case MemberEvent.Updated _ -> "updates " + member.id() + " v" + member.version();
    };
  }
}
