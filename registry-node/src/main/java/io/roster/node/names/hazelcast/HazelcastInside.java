package io.roster.node.names.hazelcast;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.instance.impl.HazelcastInstanceProxy;
import java.util.ArrayList;
import java.util.List;

/**
 * Every use of Hazelcast's internal API, for version 5.7.0: gossip's verdicts pushed into its
 * member list, and its member list by our own names. Hazelcast's own member ids change with every
 * merge and stay in here.
 */
final class HazelcastInside {

  private final HazelcastInstance instance;

  HazelcastInside(HazelcastInstance instance) {
    this.instance = instance;
  }

  /** The nodes that Hazelcast counts as members, by the text of their ids, the oldest first. */
  List<String> members() {
    var members = new ArrayList<String>();
    for (var member : instance.getCluster().getMembers()) {
      var node = member.getAttribute(HazelcastConfigs.NODE_ATTRIBUTE);
      if (node != null) {
        members.add(node);
      }
    }
    return members;
  }

  /** Tells Hazelcast that gossip has given up on {@code node}: it need not wait for heartbeats. */
  void suspect(String node) {
    for (var member : instance.getCluster().getMembers()) {
      if (!member.localMember()
          && node.equals(member.getAttribute(HazelcastConfigs.NODE_ATTRIBUTE))) {
        ((HazelcastInstanceProxy) instance)
            .getOriginal()
            .node
            .getClusterService()
            .suspectMember(member, "gossip says that node " + node + " is gone", true);
      }
    }
  }
}
