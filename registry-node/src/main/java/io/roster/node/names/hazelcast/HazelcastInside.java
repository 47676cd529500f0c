package io.roster.node.names.hazelcast;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.instance.impl.HazelcastInstanceProxy;
import java.util.ArrayList;
import java.util.List;

/**
 * Every use of Hazelcast's internal API, for version 5.7.0: gossip's verdicts pushed into its
 * member list, its search for a cluster to merge with, and its member list by our own names.
 * Hazelcast's own member ids change with every merge and stay in here.
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

  /**
   * Looks among the addresses that discovery gives for another cluster, and has this one merge into
   * it if it is the one to give way. Does nothing on a member that is not the master of its
   * cluster, or while a merge runs. Returns when the merge is over, so it may take long; not to be
   * called by two threads at once.
   */
  void searchOthers() {
    var node = ((HazelcastInstanceProxy) instance).getOriginal().node;
    var cluster = node.getClusterService();
    // As Hazelcast's own timer, but for whether somebody is joining, which cannot be seen from
    // here: a
    // join raises the version of the member list, and a merge whose version has passed is given up.
    if (cluster.isJoined()
        && cluster.isMaster()
        && node.isRunning()
        && cluster.getClusterState().isJoinAllowed()) {
      node.getJoiner().searchForOtherClusters();
    }
  }
}
